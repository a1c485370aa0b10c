// What belongs to the browser: the time zone, the theme, keys, and the connection. Everything else is rendered by the server.
(() => {
  "use strict";

  const timeOf = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
  const secondOf = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const dayOf = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
  const yearOf = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
  const wholeOf = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });

  function shortTime(date, now, clock) {
    const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
    if (date >= midnight && date - midnight < 86400000) return clock.format(date);
    return `${(date.getFullYear() === now.getFullYear() ? dayOf : yearOf).format(date)}, ${clock.format(date)}`;
  }

  // <local-time datetime="2026-01-31T12:00:00Z">: in the zone and manner of this browser, whole on hover; exact: with its seconds.
  customElements.define("local-time", class extends HTMLElement {
    static observedAttributes = ["datetime", "exact"];

    attributeChangedCallback() {
      if (!this.hasAttribute("datetime")) return;
      const date = new Date(this.getAttribute("datetime"));
      const time = document.createElement("time");
      time.dateTime = date.toISOString();
      time.title = wholeOf.format(date);
      time.textContent = shortTime(date, new Date(), this.hasAttribute("exact") ? secondOf : timeOf);
      this.replaceChildren(time);
    }
  });

  // <running-time ms="1200">: counts on from there. The server's figure, this machine's clock: no skew between the two.
  customElements.define("running-time", class extends HTMLElement {
    static observedAttributes = ["ms"];

    attributeChangedCallback() {
      this.from = performance.now() - Number(this.getAttribute("ms"));
      this.show();
    }

    connectedCallback() {
      this.timer = setInterval(() => this.show(), 100);
    }

    disconnectedCallback() {
      clearInterval(this.timer);
    }

    show() {
      const seconds = (performance.now() - this.from) / 1000;
      this.textContent = seconds < 60
        ? `${seconds.toFixed(1)} s`
        : `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2, "0")} s`;
    }
  });

  // <theme-switch>: system, light or dark. Kept in a cookie, so that the server's first byte has it and nothing flashes.
  function setTheme(theme) {
    const year = 60 * 60 * 24 * 365;
    if (theme === "system") {
      delete document.documentElement.dataset.theme;
      document.cookie = "overmind_theme=; path=/; max-age=0; samesite=lax";
    } else {
      document.documentElement.dataset.theme = theme;
      document.cookie = `overmind_theme=${theme}; path=/; max-age=${year}; samesite=lax`;
    }
    document.querySelectorAll("theme-switch").forEach(showTheme);
  }

  function showTheme(element) {
    const current = document.documentElement.dataset.theme ?? "system";
    for (const button of element.querySelectorAll("[data-theme-set]"))
      button.setAttribute("aria-pressed", String(button.dataset.themeSet === current));
  }

  customElements.define("theme-switch", class extends HTMLElement {
    connectedCallback() {
      queueMicrotask(() => showTheme(this));
    }
  });

  // <member-preferences theme="dark" shortcuts="off" auto-save="off">: what the person chose for every browser.
  const chosen = { shortcuts: "on", "auto-save": "on" };
  customElements.define("member-preferences", class extends HTMLElement {
    static observedAttributes = ["theme", "shortcuts", "auto-save"];

    attributeChangedCallback(name, before, value) {
      if (name !== "theme") chosen[name] = value;
      else if (value) setTheme(value);
    }
  });

  // <run-notice run="…" subject="…" text="…" href="…">: comes when a run has ended or waits; told if nobody looks at the page.
  let mark = "";
  let unseen = 0;

  // In the text that is there: the live page goes on writing into it, and has comments of its own beside it.
  function markTitle(next) {
    const text = [...document.querySelector("title")?.childNodes ?? []].find(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!text) return;
    const plain = mark && text.data.startsWith(mark) ? text.data.slice(mark.length) : text.data;
    mark = next;
    if (text.data !== next + plain) text.data = next + plain;
  }

  new MutationObserver(() => {
    if (mark) markTitle(mark);
  }).observe(document.head, { childList: true, characterData: true, subtree: true });

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    unseen = 0;
    markTitle("");
  });

  customElements.define("run-notice", class extends HTMLElement {
    connectedCallback() {
      if (!document.hidden) return;
      if (globalThis.Notification?.permission !== "granted") {
        unseen += 1;
        markTitle(`(${unseen}) `);
        return;
      }
      // Of several pages that tell of the same run, the browser shows one.
      const notice = new Notification(this.getAttribute("subject"), { body: this.getAttribute("text"), tag: this.getAttribute("run") });
      const href = this.getAttribute("href");
      notice.addEventListener("click", () => {
        notice.close();
        focus();
        globalThis.Blazor?.navigateTo(href);
      });
    }
  });

  // <notification-permission wanted="yes">: what this browser says to notifications, and the way to allow them.
  customElements.define("notification-permission", class extends HTMLElement {
    static observedAttributes = ["wanted"];

    attributeChangedCallback() {
      this.show();
    }

    show() {
      const state = globalThis.Notification?.permission ?? "denied";
      if (this.getAttribute("wanted") !== "yes" || state === "granted") this.replaceChildren();
      else if (state === "denied") this.replaceChildren("This browser does not allow it here: the title of the page is marked instead.");
      else {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "link";
        button.textContent = "Allow it in this browser";
        button.dataset.asksNotifications = "";
        this.replaceChildren(button);
      }
    }
  });

  function askForNotifications() {
    globalThis.Notification?.requestPermission().finally(() => document.querySelectorAll("notification-permission").forEach(element => element.show()));
  }

  // <details class="menu">: closed by what is chosen in it, by a click beside it, and by Escape.
  function closeMenus(except) {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
  }
  document.addEventListener("click", event => closeMenus(event.target.closest("summary")?.parentElement));
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    document.querySelector("details.menu[open] summary")?.focus();
    closeMenus();
  });

  document.addEventListener("change", event => {
    if (event.target.matches("input[data-asks-notifications]") && event.target.checked) askForNotifications();
  });

  // <ask-box draft="…">: Enter asks, Shift+Enter is a new line, and what is typed outlives a reload.
  customElements.define("ask-box", class extends HTMLElement {
    connectedCallback() {
      queueMicrotask(() => {
        const text = this.querySelector("textarea");
        if (!text || text === this.text) return;
        this.text = text;
        const kept = sessionStorage.getItem(this.key());
        if (kept && !text.value) {
          text.value = kept;
          this.tell();
        }
        text.addEventListener("input", () => this.keep());
        text.addEventListener("keydown", event => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          const button = text.form.querySelector("[type=submit]");
          if (button.disabled || !text.value.trim()) return;
          this.tell();
          text.form.requestSubmit(button);
        });
        if (this.hasAttribute("focus") && matchMedia("(pointer: fine)").matches) setTimeout(() => text.focus(), 50);
        text.form.addEventListener("submit", () => sessionStorage.removeItem(this.key()));
        // Files that are pasted or dropped come the way of those that are chosen.
        this.addEventListener("paste", event => this.attach(event, event.clipboardData));
        this.addEventListener("dragover", event => { if (this.field()) event.preventDefault(); });
        this.addEventListener("drop", event => this.attach(event, event.dataTransfer));
      });
    }

    field() {
      return this.querySelector("input[type=file]:not(:disabled)");
    }

    attach(event, from) {
      const field = this.field();
      if (!field || !from.files.length) return;
      event.preventDefault();
      field.files = from.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }

    key() {
      return `overmind.draft.${this.getAttribute("draft")}`;
    }

    keep() {
      if (this.text.value && chosen["auto-save"] !== "off") sessionStorage.setItem(this.key(), this.text.value.slice(0, 100000));
      else sessionStorage.removeItem(this.key());
    }

    tell() {
      this.text.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });

  // <command-list>: narrows its options while one types; arrows choose, Enter goes.
  customElements.define("command-list", class extends HTMLElement {
    connectedCallback() {
      queueMicrotask(() => {
        const input = this.querySelector("input");
        if (!input || input === this.input) return;
        this.input = input;
        input.addEventListener("input", () => this.narrow());
        input.addEventListener("keydown", event => this.key(event));
        this.addEventListener("pointermove", event => this.choose(event.target.closest("[role=option]")));
        this.narrow();
      });
      // While the dialog opens it takes the focus for a moment: what is typed then goes where it was meant to.
      this.catching = event => {
        if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) this.input?.focus();
      };
      document.addEventListener("keydown", this.catching, true);
    }

    disconnectedCallback() {
      document.removeEventListener("keydown", this.catching, true);
    }

    options() {
      return [...this.querySelectorAll("[role=option]")];
    }

    narrow() {
      const words = this.input.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const option of this.options()) {
        const text = option.textContent.toLowerCase();
        option.hidden = !words.every(word => text.includes(word));
      }
      for (const group of this.querySelectorAll("[role=group]"))
        group.hidden = !group.querySelector("[role=option]:not([hidden])");
      const none = this.querySelector("[data-none]");
      if (none) none.hidden = this.options().some(option => !option.hidden);
      this.choose(this.options().find(option => !option.hidden));
    }

    choose(option) {
      if (!option && this.options().some(o => !o.hidden)) return;
      for (const other of this.options()) other.setAttribute("aria-selected", String(other === option));
      this.input.setAttribute("aria-activedescendant", option?.id ?? "");
      option?.scrollIntoView({ block: "nearest" });
    }

    key(event) {
      const shown = this.options().filter(option => !option.hidden);
      const at = shown.findIndex(option => option.getAttribute("aria-selected") === "true");
      if (event.key === "ArrowDown") this.choose(shown[(at + 1) % shown.length]);
      else if (event.key === "ArrowUp") this.choose(shown[(at - 1 + shown.length) % shown.length]);
      else if (event.key === "Enter") shown[at]?.click();
      else return;
      event.preventDefault();
    }
  });

  // <column-scroll column="3">: keeps a column of a wide table in view as columns come.
  customElements.define("column-scroll", class extends HTMLElement {
    static observedAttributes = ["column"];

    attributeChangedCallback(name, before) {
      requestAnimationFrame(() => {
        const head = this.querySelectorAll("thead th")[Number(this.getAttribute("column"))];
        if (!head || this.scrollWidth <= this.clientWidth) return;
        const names = this.querySelector("thead th").offsetWidth;
        const hiddenRight = head.offsetLeft + head.offsetWidth - this.scrollLeft - this.clientWidth;
        const hiddenLeft = this.scrollLeft + names - head.offsetLeft;
        const by = hiddenRight > 0 ? hiddenRight + 24 : hiddenLeft > 0 ? -hiddenLeft : 0;
        this.scrollBy({ left: by, behavior: before ? "smooth" : "instant" });
      });
    }
  });

  // <take-focus>: what is in it has the focus once the dialog around it is open.
  customElements.define("take-focus", class extends HTMLElement {
    connectedCallback() {
      // The dialog takes the focus itself when its script gets to it; whatever the person focuses meanwhile is left alone.
      const until = performance.now() + 1000;
      const take = () => {
        const target = this.querySelector("input, textarea, button");
        if (target && !document.activeElement?.matches("input, textarea, a, button")) {
          target.focus();
          if (!this.taken) target.select?.();
          this.taken = true;
        }
        if (this.isConnected && performance.now() < until) requestAnimationFrame(take);
      };
      this.before = document.activeElement;
      this.before?.blur();
      take();
    }

    disconnectedCallback() {
      if (this.before?.isConnected) this.before.focus();
    }
  });

  // <own-zone>: an empty field for a time zone begins with this browser's.
  customElements.define("own-zone", class extends HTMLElement {
    connectedCallback() {
      queueMicrotask(() => {
        const input = this.querySelector("input");
        if (!input || input.value) return;
        input.value = new Intl.DateTimeFormat().resolvedOptions().timeZone;
        // The live page listens a moment later than the element is there.
        setTimeout(() => {
          for (const told of ["input", "change"]) input.dispatchEvent(new Event(told, { bubbles: true }));
        }, 0);
      });
    }
  });

  // A key presses the visible control that names it: data-key="mod+k", data-key="?"; data-key-focus="/" moves the focus there.
  const shown = element => element.getClientRects().length > 0 && !element.disabled;
  const typing = element => element?.matches?.("input, textarea, select, [contenteditable=true]");

  document.addEventListener("keydown", event => {
    if (event.defaultPrevented || event.isComposing || event.altKey || event.repeat) return;
    // The focus may not be in the dialog yet, or be gone with what it was on; a form is asked whether anything would be lost.
    const dialog = [...document.querySelectorAll(".mud-dialog")].at(-1);
    if (event.key === "Escape" && (!document.activeElement?.closest(".mud-dialog") || dialog?.matches(".is-form"))) {
      dialog?.querySelector("[data-close]")?.click();
      return;
    }
    if (chosen.shortcuts === "off") return;
    const mod = event.metaKey || event.ctrlKey;
    const key = (mod ? "mod+" : "") + event.key.toLowerCase();
    if (!mod && (typing(event.target) || document.querySelector(".mud-dialog"))) return;
    const pressed = [...document.querySelectorAll("[data-key]")].find(e => e.dataset.key === key && shown(e))
      ?? document.querySelector(`[data-key="${CSS.escape(key)}"][data-key-always]`);
    const focused = [...document.querySelectorAll("[data-key-focus]")].find(e => e.dataset.keyFocus === key && shown(e));
    if (!pressed && !focused) return;
    event.preventDefault();
    if (pressed) pressed.click();
    else focused.focus();
  });

  // A value that was typed has gone over. To Blazor, "change" does not bubble: what stands around a form hears of it by this.
  const begun = new WeakMap();
  const settle = element => {
    begun.set(element, element.value);
    element.closest(".guarded")?.dispatchEvent(new Event("settled", { bubbles: true }));
  };
  document.addEventListener("focusin", event => begun.set(event.target, event.target.value));
  document.addEventListener("change", event => settle(event.target));
  // One that is typed back to what it was never changes. Blazor hears of the input itself first.
  document.addEventListener("input", event => {
    if (begun.get(event.target) === event.target.value) setTimeout(() => settle(event.target));
  });

  // What is not stored goes with the tab only when the person says so.
  addEventListener("beforeunload", event => {
    if (document.querySelector(".guarded.touched")) event.preventDefault();
  });

  // Firefox drags only what carries something.
  document.addEventListener("dragstart", event => {
    if (event.target.matches?.("[draggable=true]")) event.dataTransfer.setData("text/plain", "");
  });

  document.addEventListener("click", event => {
    const theme = event.target.closest("[data-theme-set]");
    if (theme) setTheme(theme.dataset.themeSet);
    const copy = event.target.closest("[data-copy]");
    if (copy) navigator.clipboard?.writeText(copy.dataset.copy).then(() => {
      copy.dataset.copied = "";
      setTimeout(() => delete copy.dataset.copied, 1500);
    });
    if (event.target.closest("[data-skip]")) document.getElementById("main")?.focus();
    if (event.target.closest("button[data-asks-notifications]")) askForNotifications();
    if (event.target.closest("[data-reload]")) location.reload();
  });

  // The page's state is in its address: a server that no longer knows this page costs a reload, nothing more.
  if (globalThis.Blazor) {
    const modal = document.getElementById("components-reconnect-modal");
    modal?.addEventListener("components-reconnect-state-changed", event => {
      if (event.detail.state === "rejected") location.reload();
    });
    Blazor.registerCustomEventType("settled", { createEventArgs: () => ({}) });
    Blazor.start({
      circuit: {
        // WebSocket without negotiation: any node may take the connection.
        configureSignalR: builder => builder.withUrl("_blazor", { skipNegotiation: true, transport: 1 }),
        reconnectionOptions: { retryIntervalMilliseconds: attempt => (attempt < 60 ? Math.min(250 * 2 ** attempt, 5000) : null) },
      },
    });
  }
})();
