// Runs once inside the hidden bridge of a room with questions: turns what is done on the
// room's own markup into events for Python.  `element` and `trigger` are given by Gradio.

const room = element.closest(".quiz-room");

const send = {
  session: (data) => trigger("session_act", data),
  learn: (data) => trigger("learn_act", data),
  review: (data) => trigger("review_act", data),
};

function given(stage) {
  const order = stage.querySelector(".quiz-order");
  if (order) return order.dataset.moved ? [...order.children].map((row) => row.dataset.option) : [];
  const boxes = [...stage.querySelectorAll(".quiz-blank")];
  if (boxes.length) return boxes.map((box) => box.value);
  return [...stage.querySelectorAll(".quiz-options input:checked")].map((box) => box.value);
}

function act(source) {
  const { act: event, confirm: words, ...data } = source.dataset;
  if (words && !window.confirm(words)) return;
  const stage = source.closest(".quiz-stage");
  if (stage) {
    Object.assign(data, stage.dataset);
    if (stage.dataset.open) data.given = given(stage);
  }
  if (source.tagName === "FORM") {
    const fields = new FormData(source);
    for (const name of new Set(fields.keys())) data[name] = fields.getAll(name).join("\n");
  }
  send[event](data);
}

function save(target) {
  const stage = target.closest(".quiz-stage[data-open]");
  if (stage) send.session({ ...stage.dataset, do: "save", given: given(stage) });
}

function move(button) {
  const row = button.closest("li");
  const list = row.parentElement;
  const other = button.dataset.move === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (button.dataset.move === "up") list.insertBefore(row, other);
  else list.insertBefore(other, row);
  list.dataset.moved = "1";
  button.focus();
  save(list);
}

function onClick(event) {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.move) move(button);
  else if (button.dataset.act) act(button);
  else if ("print" in button.dataset) print(button);
  // The shared bridge asks; here the way leads to where the answer appears.
  else if (button.dataset.ask) document.getElementById("room-chat-button")?.click();
}

function onKey(event) {
  const typing = event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select");
  if (typing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const stage = room.querySelector(".quiz-stage[data-open]");
  if (!stage || !stage.offsetParent || !/^[a-h1-8]$/i.test(event.key)) return;
  const place = /\d/.test(event.key) ? event.key - 1 : event.key.toUpperCase().charCodeAt(0) - 65;
  const box = stage.querySelectorAll(".quiz-options input")[place];
  if (box && !box.disabled) box.click();
}

// A browser prints only whole pages; the certificate becomes one of its own.
function print(button) {
  const frame = document.createElement("iframe");
  frame.className = "unseen";
  frame.srcdoc = button.dataset.print;
  frame.onload = () => frame.contentWindow.print();
  document.body.append(frame);
  setTimeout(() => frame.remove(), 60000);
}

function tick() {
  const clock = room.querySelector(".quiz-clock");
  if (!clock) return;
  clock.dataset.until ||= Date.now() + Number(clock.dataset.left) * 1000;
  const left = Math.max(0, Math.round((clock.dataset.until - Date.now()) / 1000));
  clock.textContent = `剩余 ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  clock.classList.toggle("is-short", left < 60);
  if (left || clock.dataset.over) return;
  clock.dataset.over = "1";
  const stage = clock.closest(".quiz-stage");
  send.session({ ...stage.dataset, do: "finish", given: given(stage) });
}

window.assistantQuiz = {
  shown() {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const head = [...document.querySelectorAll(".quiz-focus")].find((one) => one.offsetParent);
      if (!head) return;
      head.focus({ preventScroll: true });
      head.scrollIntoView({ block: "nearest" });
    }));
  },
};

room.addEventListener("click", onClick);
room.addEventListener("change", (event) => {
  if (event.target.closest(".quiz-answer")) save(event.target);
});
room.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.dataset.act) act(event.target);
});
document.addEventListener("keydown", onKey);
const ticking = setInterval(() => (room.isConnected ? tick() : clearInterval(ticking)), 500);
