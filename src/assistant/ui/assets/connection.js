// Whether the server is there and the visitor still signed in, said in one bar; and what was
// typed, kept over signing in anew.  Runs last in the same component as page.js.

const LOOK_MS = 15000;
const FAILED_MS = 8000;
const LEFT = "assistant-left";
const SAID = {
  lost: { words: "与服务器的连接断了，正在重试……已有的问答都已保存，恢复后可以接着问。" },
  back: { words: "连接已恢复。", button: "刷新页面", act: () => location.reload() },
  expired: { words: "登录已过期，请重新登录。没有发出的问题会为您留着。", button: "重新登录", act: signIn },
  failed: { words: "这次操作没有成功。请再试一次；若仍不成功，请刷新页面。" },
  other: { words: "这个浏览器里已换了一位用户登录。", button: "刷新页面", act: () => location.reload() },
};
let standing = "";
let visitor = null;

// Gradio's calls go through here as well: a refused one is the first to know.
const plainFetch = window.fetch;
window.fetch = async (...given) => {
  try {
    const answer = await plainFetch.apply(window, given);
    if (answer.status === 401 || answer.status === 403) look();
    return answer;
  } catch (error) {
    if (error.name !== "AbortError") look();
    throw error;
  }
};

async function look() {
  if (document.hidden && !standing) return;
  const answer = await plainFetch("session", { cache: "no-store" }).catch(() => null);
  if (answer && answer.status === 401) {
    tell("expired");
    return;
  }
  const told = answer && answer.ok ? await answer.json().catch(() => null) : null;
  if (!told) {
    tell("lost");
    return;
  }
  if (visitor === null) begin(told.person);
  if (told.person !== visitor) tell("other");
  else if (standing !== "back" && standing !== "failed") tell(standing === "lost" ? "back" : "");
}

function tell(state) {
  if (state === standing) return;
  standing = state;
  let bar = document.querySelector("#connection");
  if (!bar) {
    bar = document.createElement("div");
    bar.id = "connection";
    bar.setAttribute("role", "alert");
    document.querySelector("#desk").append(bar);
  }
  bar.replaceChildren();
  bar.dataset.state = state;
  bar.toggleAttribute("data-lost", state === "lost");
  if (!state) return;
  const { words, button, act } = SAID[state];
  const span = document.createElement("span");
  span.textContent = words;
  bar.append(span);
  if (button) {
    const way = document.createElement("button");
    Object.assign(way, { type: "button", className: "text-button", textContent: button });
    way.dataset.way = state;
    way.addEventListener("click", act);
    bar.append(way);
  }
}

// Gradio says in English that something failed; comfort.css hides it, and the bar says it.
async function onToast(changes) {
  const added = changes.flatMap((change) => [...change.addedNodes]);
  const toast = ".toast-body.error";
  if (!added.some((node) => node.matches?.(toast) || node.querySelector?.(toast))) return;
  await look();
  if (standing) return;
  tell("failed");
  setTimeout(() => {
    if (standing === "failed") tell("");
  }, FAILED_MS);
}

function signIn() {
  const here = location.pathname + location.search;
  location.assign(`sign-in?next=${encodeURIComponent(here)}`);
}

// What is typed belongs to one person; somebody else who signs in here does not see it.
function keepTyped() {
  if (visitor === null || standing === "other") return;
  const question = document.querySelector("#question textarea")?.value || "";
  const tabs = [...document.querySelectorAll("#rooms > .tab-wrapper [role=tab]")];
  const room = tabs.find((tab) => tab.getAttribute("aria-selected") === "true");
  const shown = standing === "expired" && room ? room.textContent.trim() : "";
  try {
    if (question.trim() || shown) {
      sessionStorage.setItem(LEFT, JSON.stringify({ visitor, question, room: shown }));
    } else {
      sessionStorage.removeItem(LEFT);
    }
  } catch {
    return;
  }
}

function begin(person) {
  visitor = person;
  let left = null;
  try {
    left = JSON.parse(sessionStorage.getItem(LEFT));
    sessionStorage.removeItem(LEFT);
  } catch {
    return;
  }
  if (left && left.visitor === visitor) putBack(left);
}

function putBack(left) {
  const box = document.querySelector("#question textarea");
  if (!box) {
    requestAnimationFrame(() => putBack(left));
    return;
  }
  if (left.question && !box.value) {
    box.value = left.question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (left.room) goToRoom(left.room);
}

function goToRoom(name) {
  const named = (tab) => tab.textContent.trim() === name;
  const tabs = [...document.querySelectorAll("#rooms > .tab-wrapper [role=tab]")];
  const tab = tabs.find(named);
  if (tab && tab.getAttribute("aria-selected") !== "true") tab.click();
}

new MutationObserver(onToast).observe(document.body, { childList: true, subtree: true });
document.addEventListener("submit", (event) => {
  if (event.target.matches('form[action="sign-out"]')) visitor = null;
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) look();
});
window.addEventListener("focus", look);
window.addEventListener("pagehide", keepTyped);
window.addEventListener("offline", () => tell("lost"));
window.addEventListener("online", look);
setInterval(look, LOOK_MS);
look();
