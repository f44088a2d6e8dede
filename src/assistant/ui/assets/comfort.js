// Comfort: light and dark, large type, keys, landmarks.
// Runs in the same component as page.js.

const LARGE = 1.25;

function onComfortClick(event) {
  const button = event.target.closest("button");
  if (!button) return;
  if ("themeSwitch" in button.dataset) {
    const dark = document.body.classList.toggle("dark");
    remember("assistant-theme", dark ? "dark" : "light");
  } else if ("typeSwitch" in button.dataset) {
    const large = recall("assistant-type") !== "large";
    remember("assistant-type", large ? "large" : "");
    setType(large);
  } else if ("skip" in button.dataset) {
    goAsk();
  }
}

function restoreComfort() {
  const chosen = recall("assistant-theme");
  if (chosen) document.body.classList.toggle("dark", chosen === "dark");
  setType(recall("assistant-type") === "large");
}

function setType(large) {
  document.documentElement.style.setProperty("--type-scale", large ? LARGE : 1);
  document.querySelector("[data-type-switch]")?.setAttribute("aria-pressed", String(large));
}

function onKey(event) {
  if (event.isComposing) return;
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const command = event.ctrlKey || event.metaKey;
  if (command && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    goAsk();
  } else if (event.key === "Escape") {
    if (document.querySelector("#history[data-open]")) toggleHistory();
    else if (!typing) goBack();
  } else if (event.key === "/" && !typing && !command) {
    event.preventDefault();
    goAsk();
  }
}

function goAsk() {
  document.querySelector("#source-column")?.removeAttribute("data-open");
  const box = () => document.querySelector("#question textarea");
  if (!box()?.offsetParent) document.querySelector("#rooms button[role=tab]")?.click();
  drawn(() => box()?.focus());
}

// Gradio draws plain boxes; a screen reader finds its way by what they are.
function nameLandmarks() {
  const main = document.querySelector("#main-column");
  const source = document.querySelector("#source-column");
  if (!main || !source) {
    requestAnimationFrame(nameLandmarks);
    return;
  }
  main.setAttribute("role", "main");
  source.setAttribute("role", "complementary");
  source.setAttribute("aria-label", "原文");
  // Gradio's own wrapper is a main landmark too, and there may be only one.
  main.closest("main")?.setAttribute("role", "none");
  setType(recall("assistant-type") === "large");
}

function onToggle(event) {
  const box = event.target;
  if (box.matches?.("details[data-citing]") && box.open && !box.dataset.asked) {
    box.dataset.asked = "yes";
    trigger("list_citing", { passage: box.dataset.citing });
  }
}

window.assistantPage.showCiting = () => {
  drawn(() => {
    const shown = document.querySelector("#source .citing-shown");
    const found = document.querySelector("#citing .citing-list, #citing .hint");
    if (shown && found) shown.replaceChildren(found.cloneNode(true));
  });
};

restoreComfort();
nameLandmarks();
document.addEventListener("click", onComfortClick);
document.addEventListener("keydown", onKey);
document.addEventListener("toggle", onToggle, true);
