// 管理: what its own markup does.  Runs after page.js in the same component.

const CONFIRM_MS = 5000;

function onAdminClick(event) {
  const button = event.target.closest("button");
  if (!button) return;
  const data = button.dataset;
  if (data.adminEdit) {
    trigger("admin_edit", { origin: data.adminEdit });
  } else if (data.adminRemove) {
    confirmed(button, "确认删除？", () => trigger("admin_remove", { origin: data.adminRemove }));
  } else if (data.changeUndo) {
    trigger("admin_undo", { change: data.changeUndo });
  } else if (data.workDone) {
    trigger("work_done", { entry: data.workDone });
  } else if (data.workReopen) {
    trigger("work_reopen", { entry: data.workReopen });
  } else if (data.workPage) {
    trigger("work_page", { first: Number(data.workPage) });
  }
  if ("goChat" in data) document.querySelector("#rooms button[role=tab]")?.click();
}

// The first click asks, the second one within a few seconds does it.
function confirmed(button, question, action) {
  if (button.dataset.sure) {
    action();
    return;
  }
  const words = button.textContent;
  button.dataset.sure = "yes";
  button.textContent = question;
  setTimeout(() => {
    delete button.dataset.sure;
    button.textContent = words;
  }, CONFIRM_MS);
}

window.assistantPage.showForm = () => {
  drawn(() => {
    const editor = document.querySelector("#admin-editor");
    if (!editor) return;
    editor.scrollIntoView({ block: "start", behavior: motion() });
    editor.querySelector("input, textarea")?.focus({ preventScroll: true });
  });
};

document.addEventListener("click", onAdminClick);
