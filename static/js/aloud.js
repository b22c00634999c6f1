/*
 * Reading aloud: the words of the main content, by the voice of the visitor's own machine.
 * The buttons stay hidden where no voice is to be had; nothing is sent anywhere.
 */
(() => {
  "use strict";

  const bar = document.querySelector("[data-aloud]");
  const voice = window.speechSynthesis;
  if (!bar || !voice || !window.SpeechSynthesisUtterance) return;

  const start = bar.querySelector("[data-aloud-start]");
  const pause = bar.querySelector("[data-aloud-pause]");
  const stop = bar.querySelector("[data-aloud-stop]");
  const READ = "h1, h2, h3, p, li, dt, dd, th, td, caption, summary, legend, label, figcaption";
  // Long pieces are cut: several browsers fall silent after some fifteen seconds.
  const SENTENCE = /[^。！？；\n]+[。！？；]?/gu;
  let queue = [];

  /** What is seen, in order, each piece once. */
  const pieces = () => {
    const found = [];
    for (const element of document.getElementById("main").querySelectorAll(READ)) {
      if (element.closest("[hidden], .visually-hidden, [aria-hidden=true], nav")) continue;
      if (element.querySelector(READ) || !element.getClientRects().length) continue;
      const lang = element.closest("[lang]")?.lang || "zh-CN";
      for (const [words] of element.innerText.matchAll(SENTENCE)) {
        if (words.trim()) found.push({ element, lang, words });
      }
    }
    return found;
  };

  const show = (speaking) => {
    start.hidden = speaking;
    pause.hidden = stop.hidden = !speaking;
    pause.textContent = "暂停";
  };

  const mark = (element) => {
    document.querySelector(".being-read")?.classList.remove("being-read");
    element?.classList.add("being-read");
  };

  const next = () => {
    const piece = queue.shift();
    mark(piece?.element);
    if (!piece) {
      show(false);
      return;
    }
    const said = new SpeechSynthesisUtterance(piece.words);
    said.lang = piece.lang;
    said.rate = 0.95;
    said.onend = next;
    said.onerror = () => {
      queue = [];
      next();
    };
    voice.speak(said);
  };

  const end = () => {
    queue = [];
    voice.cancel();
    mark(null);
    show(false);
  };

  start.addEventListener("click", () => {
    voice.cancel();
    queue = pieces();
    show(true);
    next();
    stop.focus();
  });
  pause.addEventListener("click", () => {
    if (voice.paused) voice.resume();
    else voice.pause();
    pause.textContent = pause.textContent === "暂停" ? "继续" : "暂停";
  });
  stop.addEventListener("click", () => {
    end();
    start.focus();
  });
  addEventListener("pagehide", end);
  bar.hidden = false;
})();
