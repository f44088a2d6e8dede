// Runs once inside the hidden bridge component: turns clicks on the page's own markup
// into events for Python.  `trigger` is given by Gradio.

const narrow = window.matchMedia("(max-width: 900px)");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
let opener = null;

document.documentElement.lang = "zh-CN";

const send = {
  openPassage: (data) => trigger("open_passage", data),
  openDocument: (data) => trigger("open_document", data),
  listDocuments: () => trigger("list_documents", {}),
  askQuestion: (data) => trigger("ask_question", data),
  saveAnswers: (data) => trigger("save_answers", data),
};

function onClick(event) {
  const button = event.target.closest("button");
  if (!button) return;
  const data = button.dataset;
  if (data.turn) {
    opener = button;
    send.openPassage({ turn: Number(data.turn), citation: Number(data.citation) });
  } else if (data.passage) {
    opener = button.closest("#source") ? opener : button;
    send.openPassage({ passage: data.passage, quote: data.quote || "" });
  } else if (data.document) {
    document.querySelector("#source-column")?.removeAttribute("data-open");
    send.openDocument({ document: data.document });
  } else if (data.save) {
    send.saveAnswers({ format: data.save, number: Number(data.number) });
  } else if (data.ask) {
    send.askQuestion({ question: data.ask });
  } else if ("catalogue" in data) {
    send.listDocuments();
  } else if ("back" in data) {
    goBack();
  } else if ("copy" in data) {
    copy(button);
  }
}

function goBack() {
  document.querySelector("#source-column")?.removeAttribute("data-open");
  if (!opener || !opener.isConnected) return;
  opener.focus({ preventScroll: true });
  opener.scrollIntoView({ block: "center", behavior: motion() });
}

// The clipboard interface exists only on https and localhost; a bureau's page is
// often plain http, where selecting and copying still works.
async function copy(button, words = button.dataset.copy) {
  let done = false;
  if (window.isSecureContext && navigator.clipboard) {
    done = await navigator.clipboard.writeText(words).then(() => true, () => false);
  }
  if (!done) {
    const area = document.createElement("textarea");
    area.value = words;
    area.className = "unseen";
    document.body.append(area);
    area.select();
    done = document.execCommand("copy");
    area.remove();
    button.focus({ preventScroll: true });
  }
  const label = button.dataset.label || button.textContent;
  button.dataset.label = label;
  button.textContent = done ? "已复制" : "请手动复制";
  setTimeout(() => {
    button.textContent = label;
  }, 1600);
}

// Storage is refused in some browsers' private mode; the switch then lasts for the visit.
function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    return;
  }
}

function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function motion() {
  return calm.matches ? "auto" : "smooth";
}

// Gradio draws an event's output after its promise settles; two frames are enough.
function drawn(action) {
  requestAnimationFrame(() => requestAnimationFrame(action));
}

function scrollWithin(box, target, share) {
  const offset = target.getBoundingClientRect().top - box.getBoundingClientRect().top;
  const head = box.querySelector(".source-head");
  const room = box.clientHeight - (head ? head.offsetHeight : 0);
  const top = box.scrollTop + offset - (head ? head.offsetHeight : 0) - room * share;
  box.scrollTo({ top, behavior: motion() });
}

window.assistantPage = {
  showSource() {
    drawn(() => {
      const pane = document.querySelector("#source .source");
      if (!pane) return;
      for (const open of document.querySelectorAll(".is-open")) open.classList.remove("is-open");
      if (opener && opener.isConnected) opener.classList.add("is-open");
      const target = pane.querySelector("mark") || pane.querySelector(".target");
      document.querySelector("#source-column").setAttribute("data-open", "");
      pane.focus({ preventScroll: true });
      if (target) {
        scrollWithin(document.querySelector("#source-column"), target, 0.25);
      }
    });
  },
  showTurn() {
    drawn(() => {
      window.assistantPage.rememberTalk();
      const linked = new URLSearchParams(location.search).get("answer");
      const turn =
        (linked && document.querySelector(`.turn[data-entry="${CSS.escape(linked)}"]`)) ||
        document.querySelector("#conversation .turn:last-of-type");
      if (turn) turn.scrollIntoView({ block: "start", behavior: motion() });
    });
  },
  save() {
    drawn(() => {
      const link = document.querySelector("#outbox a");
      if (link) link.click();
    });
  },
  showCatalogue() {
    drawn(() => {
      const list = document.querySelector("#library-list");
      if (!list) return;
      list.scrollTop = 0;
      if (narrow.matches) list.scrollIntoView({ block: "start", behavior: motion() });
    });
  },
};

document.addEventListener("click", onClick);
