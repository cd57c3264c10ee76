// Sorts and filters the tables of a briefing page. Without it every row is there, in its first order.
// No "less than" and no "and" signs here: pages are XML too.
"use strict";
(function () {
  var said = document.body.dataset;
  var tables = Array.from(document.querySelectorAll("table"));

  // Numbers by their value, those that have none last; texts as people sort them.
  function compare(a, b, column, order) {
    var x = a.cells[column], y = b.cells[column];
    var left = x.dataset.sort, right = y.dataset.sort;
    if (left !== undefined ? right !== undefined : false) return order * (Number(left) - Number(right));
    if (left !== undefined) return -1;
    if (right !== undefined) return 1;
    return order * x.textContent.localeCompare(y.textContent, document.documentElement.lang);
  }

  function sort(table, header, column) {
    var order = header.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    Array.from(table.tHead.rows[0].cells).forEach(function (cell) { cell.removeAttribute("aria-sort"); });
    header.setAttribute("aria-sort", order === 1 ? "ascending" : "descending");
    var body = table.tBodies[0];
    Array.from(body.rows)
      .sort(function (a, b) { return compare(a, b, column, order); })
      .forEach(function (row) { body.appendChild(row); });
  }

  function makeSortable(table) {
    Array.from(table.tHead.rows[0].cells).forEach(function (header, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.title = said.sortHint;
      button.textContent = header.textContent;
      button.addEventListener("click", function () { sort(table, header, column); });
      header.replaceChildren(button);
    });
  }

  function makeFilter(table) {
    var rows = Array.from(table.tBodies[0].rows);
    var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
    var box = document.createElement("div"), label = document.createElement("label");
    var input = document.createElement("input"), shown = document.createElement("output");
    box.className = "filter";
    input.type = "search";
    input.id = "filter-" + table.id;
    label.htmlFor = input.id;
    label.textContent = said.filter;
    input.addEventListener("input", function () {
      var words = input.value.toLowerCase().split(/\s+/), count = 0;
      rows.forEach(function (row, i) {
        row.hidden = !words.every(function (word) { return texts[i].includes(word); });
        if (!row.hidden) count++;
      });
      shown.textContent = said.shown.replace("{shown}", count).replace("{all}", rows.length);
    });
    box.append(label, input, shown);
    table.parentElement.before(box);
  }

  tables.forEach(function (table) {
    var rows = table.tBodies[0].rows.length;
    if (rows > 1) makeSortable(table);
    if (rows > 7 || tables.length === 1) makeFilter(table);
  });
})();
