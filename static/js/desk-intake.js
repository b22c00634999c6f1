/* Registering: dates and likes shown as one types, scans dropped on their field. All of it works without. */

(function () {
  "use strict";

  const form = document.querySelector("form[data-intake]");
  if (!form) { return; }

  /* --- The day of receipt as one types; the server works it out, here nothing is counted --- */

  const WATCHED = ["channel", "arrived_on", "confirmed_on", "identity_number", "description", "document_name"];
  let asked = 0;

  function preview() {
    const mine = asked += 1;
    const sent = new FormData(form);
    Array.from(sent.entries()).forEach(function (pair) {
      if (pair[1] instanceof File) { sent.delete(pair[0]); }
    });
    sent.set("preview", "yes");
    window.fetch(form.action || window.location.href, {
      method: "POST", body: sent, credentials: "same-origin", headers: { "X-Requested-With": "fetch" },
    }).then(function (answer) {
      return answer.ok ? answer.text() : "";
    }).then(function (text) {
      const old = document.getElementById("derived");
      if (!text || mine !== asked || !old) { return; }
      const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("derived");
      if (fresh) { old.replaceWith(fresh); }
    }).catch(function () { /* the button below does the same */ });
  }

  form.addEventListener("change", function (event) {
    if (WATCHED.includes(event.target.name)) { preview(); }
  });

  /* --- Scans: several, dropped on the field, named with their size --- */

  function size(bytes) {
    return bytes > 1048576 ? (bytes / 1048576).toFixed(1) + " MB" : Math.ceil(bytes / 1024) + " KB";
  }

  form.querySelectorAll("input[data-drop]").forEach(function (input) {
    const place = input.closest(".fld");
    const list = document.createElement("ul");
    const hint = document.createElement("p");
    list.className = "drop-list";
    hint.className = "hint";
    hint.textContent = "可以把扫描件拖到这里，手机上可以直接拍照。";
    place.classList.add("drop");
    place.append(hint, list);

    function show() {
      list.replaceChildren.apply(list, Array.from(input.files).map(function (file) {
        const line = document.createElement("li");
        line.textContent = file.name + "　" + size(file.size);
        return line;
      }));
    }

    input.addEventListener("change", show);
    ["dragenter", "dragover"].forEach(function (name) {
      place.addEventListener(name, function (event) { event.preventDefault(); place.classList.add("over"); });
    });
    ["dragleave", "drop"].forEach(function (name) {
      place.addEventListener(name, function () { place.classList.remove("over"); });
    });
    place.addEventListener("drop", function (event) {
      event.preventDefault();
      const all = new DataTransfer();
      Array.from(input.files).concat(Array.from(event.dataTransfer.files)).forEach(function (file) { all.items.add(file); });
      input.files = all.files;
      show();
    });
  });

  /* --- Sending scans over a slow line: how far it is --- */

  form.addEventListener("submit", function (event) {
    const files = Array.from(form.querySelectorAll("input[type=file]")).some(function (input) { return input.files.length; });
    if (!files || (event.submitter && event.submitter.name === "preview")) { return; }
    event.preventDefault();
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", "正在上传扫描件");
    form.querySelector(".foot").append(bar);
    const request = new XMLHttpRequest();
    request.open("POST", form.action || window.location.href);
    request.upload.addEventListener("progress", function (step) {
      if (step.lengthComputable) { bar.value = 100 * step.loaded / step.total; }
    });
    request.addEventListener("load", function () {
      window.history.replaceState(null, "", request.responseURL || window.location.href);
      document.open();
      document.write(request.responseText);
      document.close();
    });
    request.addEventListener("error", function () { bar.remove(); delete form.dataset.sent; form.submit(); });
    request.send(new FormData(form));
  });
}());
