/* Scans: several, dropped on their field, named with their size. The field works without. */

(function () {
  "use strict";

  function size(bytes) {
    return bytes > 1048576 ? (bytes / 1048576).toFixed(1) + " MB" : Math.ceil(bytes / 1024) + " KB";
  }

  document.querySelectorAll("input[data-drop]").forEach(function (input) {
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
}());
