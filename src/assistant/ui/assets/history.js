// Conversations: the drawer, going on after a reload, opinions, asking anew.
// Runs after page.js in the same component and uses what stands there.

let focused = "";

const talks = {
  list: () => trigger("list_talks", {}),
  open: (talk) => trigger("open_talk", { talk }),
  begin: () => trigger("new_talk", {}),
  rename: (talk, title) => trigger("rename_talk", { talk, title }),
  remove: (talk) => trigger("remove_talk", { talk }),
  restore: (talk) => trigger("restore_talk", { talk }),
  save: (talk, format) => trigger("save_talk", { talk, format }),
  vote: (data) => trigger("vote", data),
  again: (question) => trigger("ask_again", { question }),
  earlier: () => trigger("show_earlier", {}),
};

function onTalkClick(event) {
  const button = event.target.closest("button");
  if (!button) return;
  const data = button.dataset;
  if (data.focus) focused = data.focus;
  if ("history" in data) {
    toggleHistory();
  } else if (data.talk) {
    showHistory(false);
    talks.open(data.talk);
  } else if ("newTalk" in data) {
    showHistory(false);
    forgetLink();
    talks.begin();
  } else if (data.talkRename) {
    renameInPlace(button);
  } else if (data.talkRemove) {
    talks.remove(data.talkRemove);
  } else if (data.talkRestore) {
    talks.restore(data.talkRestore);
  } else if (data.talkSave) {
    talks.save(data.id, data.talkSave);
  } else if (data.complaint) {
    vote(button.closest("form"), data.complaint);
  } else if (data.vote) {
    talks.vote({ number: Number(data.number), vote: Number(data.vote) });
  } else if (data.again) {
    talks.again(data.again);
  } else if (data.edit) {
    editInPlace(button);
  } else if ("earlier" in data) {
    talks.earlier();
  } else if (data.copyLink) {
    const link = new URL(data.copyLink, location.origin + location.pathname);
    copy(button, link.href);
  }
}

function onSubmit(event) {
  const form = event.target.closest("form.complaint");
  if (!form) return;
  event.preventDefault();
  focused = `send-${form.dataset.number}`;
  const chosen = form.querySelector('[data-complaint][aria-pressed="true"]');
  vote(form, chosen ? chosen.dataset.complaint : "");
}

function vote(form, complaint) {
  const note = form.querySelector("input").value;
  talks.vote({ number: Number(form.dataset.number), vote: -1, complaint, note });
}

function showHistory(open) {
  document.querySelector("#history")?.toggleAttribute("data-open", open);
  for (const button of document.querySelectorAll("[data-history][aria-expanded]")) {
    button.setAttribute("aria-expanded", String(open));
  }
}

function toggleHistory() {
  const open = !document.querySelector("#history").hasAttribute("data-open");
  showHistory(open);
  if (open) {
    talks.list();
    drawn(() => document.querySelector("#history-needle input, #history-needle textarea")?.focus());
  } else {
    document.querySelector("#talk-bar [data-history]")?.focus();
  }
}

function renameInPlace(button) {
  const row = button.closest(".talk");
  const form = boxInPlace(button.dataset.title, "对话名称", 60, (title) =>
    talks.rename(button.dataset.talkRename, title),
  );
  row.querySelector(".more").open = false;
  row.querySelector(".talk-row").hidden = true;
  form.cancelled = () => {
    row.querySelector(".talk-row").hidden = false;
  };
  row.prepend(form);
  form.querySelector("input").select();
}

function editInPlace(button) {
  const turn = button.closest(".turn");
  const question = turn.querySelector(".question");
  const tools = button.closest(".ask-again");
  const form = boxInPlace(button.dataset.edit, "修改后的问题", 2000, talks.again);
  question.hidden = tools.hidden = true;
  form.cancelled = () => {
    question.hidden = tools.hidden = false;
    button.focus();
  };
  question.after(form);
  form.querySelector("input").focus();
}

function boxInPlace(value, label, longest, done) {
  const form = document.createElement("form");
  form.className = "in-place";
  const box = document.createElement("input");
  Object.assign(box, { type: "text", value, maxLength: longest });
  box.setAttribute("aria-label", label);
  const save = document.createElement("button");
  Object.assign(save, { type: "submit", className: "text-button", textContent: "确定" });
  const cancel = document.createElement("button");
  Object.assign(cancel, { type: "button", className: "text-button", textContent: "取消" });
  const close = () => {
    form.remove();
    form.cancelled();
  };
  cancel.addEventListener("click", close);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (box.value.trim()) done(box.value);
    else close();
  });
  form.append(box, save, cancel);
  return form;
}

// Each tab of the browser has its own conversation, and a reload keeps it.
function rememberTalk() {
  const bar = document.querySelector("#talk-bar [data-talk-open]");
  if (!bar) return;
  try {
    sessionStorage.setItem("assistant-talk", bar.dataset.talkOpen);
  } catch {
    return;
  }
}

function forgetLink() {
  if (new URLSearchParams(location.search).has("answer")) {
    history.replaceState(null, "", location.pathname);
  }
}

Object.assign(window.assistantPage, {
  lastTalk() {
    try {
      return sessionStorage.getItem("assistant-talk") || "";
    } catch {
      return "";
    }
  },
  showTalk() {
    drawn(() => {
      rememberTalk();
      document.querySelector("#question textarea")?.focus();
    });
  },
  refocus() {
    drawn(() => document.querySelector(`[data-focus="${focused}"]`)?.focus());
  },
  rememberTalk,
});

document.addEventListener("click", onTalkClick);
document.addEventListener("submit", onSubmit);
