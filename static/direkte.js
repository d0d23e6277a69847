// A møte that several have open: what others change is seen at once, and what one writes is kept here until it is saved.
(() => {
  "use strict";
  const page = document.querySelector("[data-direkte]");
  if (!page) return;
  const one = (selector, root = document) => root.querySelector(selector);
  const forms = () => document.querySelectorAll("form[data-utkast]");
  const area = (form) => one("textarea", form);
  const line = one("#forbindelse");

  // What is written lies in the browser, under who wrote it, until the server has it.
  const prefix = `utkast ${page.dataset.hvem} `;
  const key = (form) => prefix + form.dataset.utkast;
  const store = (act) => { try { return act(localStorage); } catch { return null; } };
  const draft = (form) => store((box) => JSON.parse(box.getItem(key(form))));
  const forget = (form) => store((box) => box.removeItem(key(form)));
  store((box) => Object.keys(box).filter((k) => k.startsWith("utkast ") && !k.startsWith(prefix)).forEach((k) => box.removeItem(k)));

  const saved = new WeakMap(); // the text the server has, as far as this page knows
  const sent = new WeakMap(); // the text on its way there
  const pressed = new WeakSet(); // whose button was pressed
  const since = new WeakMap(); // when the first unsaved word was written
  const dirty = (form) => area(form).value !== (saved.get(form) ?? area(form).defaultValue);
  const waits = (form) => form.dataset.tilstand === "venter";
  const save = (form) => {
    if (dirty(form) || waits(form)) window.htmx?.trigger(area(form), "lagre");
  };

  // How it stands with a note, in the words that the page has for it. What is new and wants heeding is said aloud.
  const state = (form, name) => {
    const before = form.dataset.tilstand;
    form.dataset.tilstand = name;
    form.querySelectorAll("[data-tilstand]").forEach((line) => { line.hidden = line.dataset.tilstand !== name; });
    const aloud = one("#kunngjoring");
    if (before !== name && !["lagret", "endret"].includes(name) && aloud) aloud.textContent = one(`[data-tilstand=${name}]`, form).textContent;
  };

  // Saved when one pauses (by the field itself), and at the latest after this long.
  const LATEST = 20_000;
  const AGAIN = 10_000;
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-utkast]");
    if (!form || event.target !== area(form)) return;
    store((box) => box.setItem(key(form), JSON.stringify({ tekst: event.target.value, tid: Date.now() })));
    if (!dirty(form)) state(form, "lagret");
    else if (!["venter", "utlogget"].includes(form.dataset.tilstand)) state(form, "endret");
    if (!since.has(form)) since.set(form, Date.now());
    if (Date.now() - since.get(form) > LATEST) {
      since.set(form, Date.now());
      save(form);
    }
  });
  const formOf = (event) => event.target.closest?.("form[data-utkast]");
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = formOf(event);
    if (form) sent.set(form, area(form).value);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = formOf(event);
    if (!form) return;
    const status = event.detail.xhr?.status ?? 0;
    setTimeout(() => pressed.delete(form));
    if (event.detail.successful) {
      saved.set(form, sent.get(form));
      since.delete(form);
      state(form, dirty(form) ? "endret" : "lagret");
      if (!dirty(form)) forget(form);
    } else if (status === 401) {
      loggedOut(form);
    } else if (status >= 400 && status < 500) {
      // What the server refuses waits for the writer; a 422 has put its own words in the line.
      state(form, status === 422 ? "lagret" : "avvist");
      if (pressed.has(form)) form.submit();
    } else {
      // The net or the server is away: tried again until it is back.
      state(form, "venter");
      setTimeout(() => save(form), AGAIN);
    }
  });
  // The button saves as the script does, so that neither page nor words are lost where nobody answers. What the server refuses is
  // then sent as without script: its own page tells why.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-utkast]") || !window.htmx || ["avvist", "utlogget"].includes(form.dataset.tilstand)) return;
    event.preventDefault();
    delete form.dataset.sendt;
    event.submitter?.removeAttribute("aria-busy");
    pressed.add(form);
    window.htmx.trigger(area(form), "lagre");
  }, true);

  // What was written before the tab was closed or the log-in ended is offered again.
  const offer = (form) => {
    const kept = draft(form);
    const box = one("[data-utkast-funnet]", form);
    // What the note already holds, alone or merged with another's words, is not lost.
    if (!kept || area(form).value.includes(kept.tekst)) return void forget(form);
    const clock = new Intl.DateTimeFormat("nb-NO", { dateStyle: "short", timeStyle: "short" }).format(kept.tid);
    one("[data-utkast-tid]", box).textContent = clock.replace(", ", " kl. ").replace(":", ".");
    one("[data-utkast-tekst]", box).textContent = kept.tekst;
    box.hidden = false;
    line.textContent = line.dataset.utkast;
    one("[data-utkast-hent]", box).onclick = () => {
      const field = area(form);
      field.value = kept.tekst.includes(field.value) ? kept.tekst : `${field.value}\n\n${kept.tekst}`;
      box.hidden = true;
      field.focus();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    one("[data-utkast-forkast]", box).onclick = () => {
      forget(form);
      box.hidden = true;
      area(form).focus();
    };
  };
  forms().forEach(offer);

  const loggedOut = (form) => {
    line.textContent = line.dataset.utlogget;
    state(form, "utlogget");
  };

  // Others' changes. The stream says only that something is new; the page then asks for itself, with its own right.
  const html = (part) => part.outerHTML.replace(/ value="[0-9a-f-]{36}"/g, "");
  const inUse = (part) =>
    part.contains(document.activeElement) ||
    one("[data-utkast-funnet]:not([hidden])", part) ||
    (part.matches("form[data-utkast]") && dirty(part));
  let waiting = false;
  const replace = (fresh) => {
    const own = document.getElementById(fresh.id);
    if (!own || html(own) === html(fresh)) return;
    if (inUse(own)) {
      waiting = true;
      const version = (part) => one("[name=versjon]", part)?.value;
      const others = one("[data-andre]", own);
      if (others && version(own) !== version(fresh)) others.hidden = !dirty(own);
      return;
    }
    const part = document.adoptNode(fresh);
    own.replaceWith(part);
    window.htmx?.process(part);
  };
  const look = async () => {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    if (answer.redirected) {
      const unsaved = [...forms()].filter(dirty);
      return unsaved.length ? unsaved.forEach(loggedOut) : location.assign(answer.url);
    }
    const now = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = [...now.querySelectorAll("[data-del]")];
    waiting = false;
    if (parts.some((part) => !document.getElementById(part.id)) && ![...forms()].some(dirty)) return location.reload();
    parts.forEach(replace);
  };
  let looking = null;
  let again = false;
  const refresh = () => {
    if (looking) return void (again = true);
    looking = look().catch(() => {}).finally(() => {
      looking = null;
      if (again) { again = false; refresh(); }
    });
  };
  document.addEventListener("focusout", () => setTimeout(() => { if (waiting) refresh(); }, 300));

  // A lost connection is said once, calmly, and so is that it is back.
  let lost = null;
  let source = null;
  const connect = () => {
    source = new EventSource(page.dataset.direkte);
    source.addEventListener("endret", refresh);
    source.addEventListener("klar", () => {
      clearTimeout(lost);
      lost = null;
      if (line.textContent) line.textContent = line.dataset.fremme;
      forms().forEach(save);
      refresh();
    });
    source.onerror = () => {
      lost ??= setTimeout(() => { line.textContent = line.dataset.borte; }, 3000);
      if (source.readyState !== EventSource.CLOSED) return;
      // Refused, not lost: the page itself tells why.
      refresh();
      setTimeout(connect, 5000);
    };
  };
  connect();

  // Any other form is sent as it is, but not into nothing: while the stream is away one asks first whether somebody answers.
  const asked = new WeakSet();
  const nobody = (form) => {
    const words = one("[data-ingen-svar]", form) ?? document.createElement("p");
    Object.assign(words, { className: "ds-validation-message", textContent: line.dataset.ingenSvar });
    words.dataset.ingenSvar = "";
    words.setAttribute("role", "alert");
    form.append(words);
  };
  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (source.readyState === EventSource.OPEN || form.method !== "post" || form.matches("[data-utkast]") || asked.has(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    delete form.dataset.sendt;
    submitter?.removeAttribute("aria-busy");
    if (!(await fetch("/helse").then((answer) => answer.ok, () => false))) return nobody(form);
    one("[data-ingen-svar]", form)?.remove();
    asked.add(form);
    form.requestSubmit(submitter);
    asked.delete(form);
  }, true);
})();
