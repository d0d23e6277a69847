// A møte that several have open: what others change is seen at once, and what one writes is kept here until it is saved.
(() => {
  "use strict";
  const page = document.querySelector("[data-direkte]");
  if (!page) return;
  const one = (selector, root = document) => root.querySelector(selector);
  const forms = () => document.querySelectorAll("form[data-utkast]");
  const area = (form) => one("textarea", form);

  // What is written lies in the browser, under who wrote it, until the server has it.
  const prefix = `utkast ${page.dataset.hvem} `;
  const key = (form) => prefix + form.dataset.utkast;
  const store = (act) => { try { return act(localStorage); } catch { return null; } };
  const draft = (form) => store((box) => JSON.parse(box.getItem(key(form))));
  const forget = (form) => store((box) => box.removeItem(key(form)));
  store((box) => Object.keys(box).filter((k) => k.startsWith("utkast ") && !k.startsWith(prefix)).forEach((k) => box.removeItem(k)));

  const saved = new WeakMap(); // the text the server has, as far as this page knows
  const sent = new WeakMap(); // the text on its way there
  const since = new WeakMap(); // when the first unsaved word was written
  const dirty = (form) => area(form).value !== (saved.get(form) ?? area(form).defaultValue);
  const save = (form) => {
    if (dirty(form)) window.htmx?.trigger(area(form), "lagre");
  };

  // Saved when one pauses (by the field itself), and at the latest after this long.
  const LATEST = 20_000;
  const AGAIN = 10_000;
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-utkast]");
    if (!form || event.target !== area(form)) return;
    store((box) => box.setItem(key(form), JSON.stringify({ tekst: event.target.value, tid: Date.now() })));
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
    if (event.detail.successful) {
      saved.set(form, sent.get(form));
      since.delete(form);
      if (!dirty(form)) forget(form);
    } else if (!(event.detail.xhr?.status >= 400 && event.detail.xhr.status < 500)) {
      // The net or the server is away: tried again until it is back. What the server refuses waits for the writer.
      setTimeout(() => save(form), AGAIN);
    }
  });

  // What was written before the tab was closed or the log-in ended is offered again.
  const offer = (form) => {
    const kept = draft(form);
    const box = one("[data-utkast-funnet]", form);
    // What the note already holds, alone or merged with another's words, is not lost.
    if (!kept || area(form).value.includes(kept.tekst)) return void forget(form);
    const clock = new Intl.DateTimeFormat("nb-NO", { dateStyle: "short", timeStyle: "short" }).format(kept.tid);
    one("[data-utkast-tid]", box).textContent = clock;
    one("[data-utkast-tekst]", box).textContent = kept.tekst;
    box.hidden = false;
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
      if (![...forms()].some(dirty)) location.assign(answer.url);
      return;
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
  const line = one("#forbindelse");
  let lost = null;
  const connect = () => {
    const source = new EventSource(page.dataset.direkte);
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
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, 5000);
    };
  };
  connect();
})();
