(function () {
  "use strict";
  var data = function (id) { return JSON.parse(document.getElementById(id).textContent || "{}"); };
  var each = function (selector, run) { Array.prototype.forEach.call(document.querySelectorAll(selector), run); };

  /* What a number opens. Without this script the link itself shows the same panel (:target). */
  var open = null, origin = null;
  function close() {
    if (!open) { return; }
    var was = open;
    open = null;
    if (was.hidePopover && was.matches(":popover-open")) { was.hidePopover(); }
    was.classList.remove("open");
    if (origin) { origin.classList.remove("on"); }
  }
  function show(link) {
    var panel = document.getElementById(link.getAttribute("href").slice(1));
    if (!panel) { return; }
    close();
    here(panel, link);
    if (panel.showPopover) { panel.showPopover(); } else { panel.classList.add("open"); }
    open = panel; origin = link;
    place();
    link.classList.add("on");
    panel.focus({ preventScroll: true });
  }
  function place() {
    var panel = open, at = origin.getBoundingClientRect(), width = panel.offsetWidth, height = panel.offsetHeight;
    var left = Math.max(12, Math.min(at.left, window.innerWidth - width - 12));
    var below = at.bottom + 8 + height <= window.innerHeight - 8;
    var top = below ? at.bottom + 8 : Math.max(8, at.top - height - 8);
    panel.style.left = left + "px";
    panel.style.top = top + "px";
  }
  document.addEventListener("toggle", function (event) {
    if (open && open !== event.target && open.contains(event.target)) { place(); }
  }, true);
  function here(panel, link) {
    var line = panel.querySelector(".pop-here"), cell = link.closest("tbody td");
    var said = "";
    if (cell) {
      var row = cell.parentNode, name = row.querySelector("td.text, th");
      var exact = link.getAttribute("data-v");
      said = (name ? name.textContent.trim() + "：" : "") + link.textContent + (exact ? "（未舍入 " + exact + "）" : "");
    }
    line.textContent = said;
    line.hidden = !said;
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a.n");
    if (link) { event.preventDefault(); show(link); return; }
    if (event.target.closest && event.target.closest(".pop-close")) {
      event.preventDefault();
      var back = origin;
      close();
      if (back) { back.focus({ preventScroll: true }); }
    } else if (open && !open.contains(event.target)) { close(); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && open) {
      var back = origin;
      close();
      if (back) { back.focus({ preventScroll: true }); }
    }
  });

  /* Cells of a table are walked with the arrow keys from its headings. */
  document.addEventListener("keydown", function (event) {
    var step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    var cell = step && document.activeElement && document.activeElement.closest("table td, table thead th");
    if (!cell || open) { return; }
    var rows = cell.closest("table").rows, x = cell.cellIndex + step[0], y = cell.parentNode.rowIndex + step[1];
    while (rows[y] && rows[y].cells[x]) {
      var link = rows[y].cells[x].querySelector("a.n");
      if (link) { event.preventDefault(); link.focus(); return; }
      x += step[0]; y += step[1];
    }
  });

  /* CSV: UTF-8 with BOM; text that a spreadsheet would run as a formula gets an apostrophe. */
  function field(value) {
    if (value === null || value === undefined) { return ""; }
    if (typeof value === "number") { return String(value); }
    var words = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(value) ? "'" + value : value;
    return /[",\r\n]/.test(words) ? '"' + words.replace(/"/g, '""') + '"' : words;
  }
  each(".csv", function (button) {
    button.addEventListener("click", function () {
      var table = data("tables")[button.getAttribute("data-table")];
      var lines = [table.columns].concat(table.rows).map(function (row) { return row.map(field).join(","); });
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" }));
      link.download = table.title.replace(/[\\/:*?"<>|]/g, "_") + ".csv";
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
    });
  });

  /* Charts come alive when they scroll into view; the still picture stays for print. */
  var figures = null, drawn = false;
  function bars(option, width) {
    var first = (option.series || [])[0] || {};
    return first.type === "bar" && !first.stack && (option.yAxis || {}).type === "category" && option.grid.left < width * 0.45;
  }
  function wake(plot) {
    figures = figures || data("figures");
    var option = figures[plot.getAttribute("data-figure")], width = plot.clientWidth, narrow = width < 600;
    if (narrow && !bars(option, width)) { return; }
    if (!drawn) {
      drawn = true;
      var script = document.createElement("script");
      script.textContent = document.getElementById("library").textContent;
      document.head.appendChild(script);
      var maps = data("maps");
      Object.keys(maps).forEach(function (name) { window.echarts.registerMap(name, maps[name]); });
    }
    var box = document.createElement("div");
    box.className = "live";
    box.style.height = Math.round(plot.getAttribute("data-height") * (narrow ? 1 : width / 720)) + "px";
    plot.appendChild(box);
    try {
      var chart = window.echarts.init(box, null, { renderer: "svg" });
      chart.setOption(option);
      plot.classList.add("alive");
      window.addEventListener("resize", function () { chart.resize(); });
    } catch (error) {
      plot.removeChild(box);
    }
  }
  if (window.IntersectionObserver) {
    var watch = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (entry.isIntersecting) { watch.unobserve(entry.target); wake(entry.target); }
      });
    }, { rootMargin: "80px" });
    each(".plot", function (plot) { watch.observe(plot); });
  }

  /* The table of contents is folded on small screens and marks where the reader is. */
  if (window.innerWidth <= 1000) { each(".toc details", function (box) { box.open = false; }); }
  window.addEventListener("beforeprint", function () { each(".toc details", function (box) { box.open = true; }); });
  var links = document.querySelectorAll(".toc a"), heads = document.querySelectorAll("main h2, main h3");
  function mark() {
    var current = null;
    Array.prototype.forEach.call(heads, function (head) {
      if (head.getBoundingClientRect().top < 140) { current = head.id; }
    });
    Array.prototype.forEach.call(links, function (link) {
      link.classList.toggle("on", link.getAttribute("href") === "#" + current);
    });
  }
  document.addEventListener("scroll", mark, { passive: true });
})();
