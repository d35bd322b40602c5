// Comfort for whoever works here all day: keys, news, drafts that are kept. Every page works without it.
// It decides nothing: a key opens a page or puts the focus somewhere, and never sends a decision or a letter.
// Pages bind it by attributes alone; README.md beside it lists them.

const JSON_ONLY = { headers: { Accept: "application/json" }, cache: "no-store", redirect: "manual" };
const NEVER_BY_A_KEY = /\/(decide|letters|sign-out)\b/;
const SAVE_AFTER = 1000; // milliseconds since the last key
const SAVE_AGAIN_AFTER = 10000; // since a failure

const every = (selector, root = document) => [...root.querySelectorAll(selector)];
const oneLine = (text) => (text ?? "").replace(/\s+/g, " ").trim();

let typed = false;
document.addEventListener("input", () => { typed = true; });

// ---- keys ----------------------------------------------------------------------------------------------------------

const dialog = document.querySelector("dialog[data-keys-dialog]");
const currentRow = () => document.activeElement?.closest("[data-row]") ?? null;
const rows = () => every("[data-row]").filter((row) => row.checkVisibility());
const isTyping = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest("input, textarea, select") !== null);

function bearerOf(key) {
  const bearers = every(`[data-key="${CSS.escape(key)}"]`).filter((element) => element.checkVisibility());
  const inRow = (element) => element.closest("[data-row]");
  return bearers.find((element) => inRow(element) && inRow(element) === currentRow())
    ?? bearers.find((element) => !inRow(element));
}

function follow(element) {
  const form = element.form;
  const harmless = element.matches("button[data-key-press]") && form && !NEVER_BY_A_KEY.test(form.action);
  if (element.matches("a[href], summary") || harmless) {
    element.click();
    return;
  }
  element.focus();
  if (element.matches("input")) element.select();
}

function step(by) {
  const shown = rows();
  const at = shown.indexOf(currentRow());
  const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1);
  (shown[next]?.querySelector("[data-row-link]") ?? shown[next]?.querySelector("a[href]"))?.focus();
}

function nameOf(element) {
  const label = element.labels?.[0]?.textContent;
  return element.dataset.keyLabel || element.getAttribute("aria-label") || oneLine(label ?? element.textContent);
}

function keysOfThisPage() {
  const keys = new Map();
  if (rows().length > 0) {
    keys.set("j", "Next row").set("k", "Previous row").set("Enter", "Open the row");
  }
  for (const element of every("[data-key]")) {
    const shown = element.checkVisibility() || element.closest("[data-row]");
    if (shown && !keys.has(element.dataset.key)) keys.set(element.dataset.key, nameOf(element));
  }
  return keys;
}

function showKeys() {
  const list = dialog.querySelector("[data-keys-list]");
  list.replaceChildren(...[...keysOfThisPage()].flatMap(([key, what]) => {
    const term = document.createElement("dt");
    const keycap = document.createElement("kbd");
    const description = document.createElement("dd");
    keycap.textContent = key;
    description.textContent = what;
    term.append(keycap);
    return [term, description];
  }));
  dialog.showModal();
}

function onKey(event) {
  const chord = event.ctrlKey || event.altKey || event.metaKey;
  if (chord || event.isComposing || event.defaultPrevented || isTyping(event.target) || dialog?.open) return;
  if (event.key === "j" || event.key === "k") {
    if (rows().length === 0) return;
    step(event.key === "j" ? 1 : -1);
  } else {
    const element = event.key.length === 1 && !event.repeat ? bearerOf(event.key) : undefined;
    if (!element) return;
    follow(element);
  }
  event.preventDefault();
}

if (document.body.dataset.keys !== "off") {
  document.addEventListener("keydown", onKey);
  for (const element of every("[data-key]")) element.setAttribute("aria-keyshortcuts", element.dataset.key);
}
if (dialog) {
  for (const opener of every("[data-keys-open]")) {
    opener.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      showKeys();
    });
  }
}

// ---- news: said, never acted upon ------------------------------------------------------------------------------------

function ask(place, address, hear) {
  const seconds = Number(place.dataset.every);
  const timer = setInterval(async () => {
    if (document.hidden) return;
    try {
      const response = await fetch(address, JSON_ONLY);
      if (response.status === 401) {
        clearInterval(timer);
        hear(null);
      } else if (response.ok) {
        hear(await response.json());
      }
    } catch {
      // the network comes and goes; the next turn asks again
    }
  }, seconds * 1000);
}

for (const place of every("[data-news]")) {
  const link = place.querySelector("a");
  ask(place, place.dataset.news, (answer) => {
    const text = answer === null ? "You have been signed out. Sign in again"
      : answer.new > 0 ? `${answer.new}${answer.more ? " or more" : ""} new, show` : "";
    if (link.textContent === text) return; // said already
    link.textContent = text;
    link.hidden = text === "";
  });
}

for (const place of every("[data-watch]")) {
  ask(place, place.dataset.watch, (answer) => {
    if (answer === null || answer.busy) return;
    if (typed) place.textContent = "It has been checked. Load the page again to see what came of it.";
    else {
      const list = new URLSearchParams(location.search); // that it was opened from; not the word of what was asked for
      for (const said of ["done", "of"]) list.delete(said);
      location.replace(list.size > 0 ? `${location.pathname}?${list}` : location.pathname);
    }
  });
}

// ---- what is being typed ---------------------------------------------------------------------------------------------

if (!CSS.supports("field-sizing", "content")) {
  for (const area of every("textarea")) {
    const grow = () => {
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
    };
    area.rows = 1; // the style sheet has the least height
    area.addEventListener("input", grow);
    grow();
  }
}

const londonTime = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", hour: "2-digit", minute: "2-digit" });

async function save(form) {
  const body = new URLSearchParams(new FormData(form));
  const response = await fetch(form.dataset.autosave, { ...JSON_ONLY, method: "POST", body });
  if (response.ok) {
    const mark = response.headers.get("Draft-Saved"); // by which the next saving says what it takes the place of
    if (mark && form.elements.draft) form.elements.draft.value = mark;
    return;
  }
  if (response.status === 401 || response.status === 403) throw new Error("you have been signed out");
  throw new Error(response.status === 409 ? "you have decided this, or saved other words of it in another window" : "the server refused it");
}

function keepSaved(form) {
  let status = form.querySelector("[data-autosave-status]");
  if (!status) {
    status = document.createElement("p");
    status.className = "cpl-saved";
    status.setAttribute("role", "status");
    form.append(status);
  }
  let timer = 0;
  let saving = false;
  let again = false;
  const later = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(keep, milliseconds);
  };
  const keep = async () => {
    if (saving) {
      again = true;
      return;
    }
    saving = true;
    again = false;
    try {
      await save(form);
      status.classList.remove("cpl-late");
      status.textContent = `Saved ${londonTime.format(new Date())}`;
    } catch (error) {
      const why = error instanceof TypeError ? "the server cannot be reached" : error.message;
      status.classList.add("cpl-late");
      status.textContent = `Not saved: ${why}. What you typed is on this page only.`;
      later(SAVE_AGAIN_AFTER);
    }
    saving = false;
    if (again) later(SAVE_AFTER);
  };
  form.addEventListener("input", () => later(SAVE_AFTER));
  form.addEventListener("submit", () => clearTimeout(timer));
}

for (const form of every("form[data-autosave]")) keepSaved(form);
