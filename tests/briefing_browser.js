// briefing_browser.js [--pictures DIR] PAGE…: opens each page in headless Chromium, at 390 and 1280 px and as printed on A4,
// and says what is wrong with it. Talks to the browser over a pipe (--remote-debugging-pipe), so it needs no package.
"use strict";
const { spawn } = require("child_process");
const fs = require("fs");
const os = require("os");
const path = require("path");

const PRINT_WIDTH = Math.floor(((210 - 28) / 25.4) * 96); // A4 within the margins of briefing.css
const PRINT_HEIGHT = Math.floor(((297 - 28) / 25.4) * 96);

// ---- the browser ----

class Browser {
  constructor() {
    this.profile = fs.mkdtempSync(path.join(os.tmpdir(), "briefing-"));
    const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
      "--hide-scrollbars", "--remote-debugging-pipe", `--user-data-dir=${this.profile}`, "about:blank"];
    this.process = spawn("chromium", flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    this.waiting = new Map();
    this.last = 0;
    this.heard = [];
    let rest = "";
    this.process.stdio[4].setEncoding("utf8");
    this.process.stdio[4].on("data", (text) => {
      const parts = (rest + text).split("\0");
      rest = parts.pop();
      parts.forEach((part) => this.take(JSON.parse(part)));
    });
  }
  take(message) {
    if (message.id === undefined) { this.heard.push(message); return; }
    const { resolve, reject } = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.error) reject(new Error(message.error.message)); else resolve(message.result);
  }
  send(method, params = {}) {
    const id = ++this.last;
    this.process.stdio[3].write(JSON.stringify({ id, method, params, sessionId: this.session }) + "\0");
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }
  async start() {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    this.session = (await this.send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
    for (const domain of ["Page", "Runtime", "Log", "Network", "Accessibility"]) await this.send(`${domain}.enable`);
  }
  async open(file, width, media) {
    this.heard = [];
    await this.send("Emulation.setDeviceMetricsOverride", { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 });
    await this.send("Emulation.setEmulatedMedia", { media });
    await this.send("Page.navigate", { url: "file://" + file.split("/").map(encodeURIComponent).join("/") });
    while (!this.heard.some((message) => message.method === "Page.loadEventFired")) await new Promise((done) => setTimeout(done, 10));
  }
  async run(work, ...given) {
    const expression = `(${work})(...${JSON.stringify(given)})`;
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception.description);
    return result.value;
  }
  async close() {
    await this.send("Browser.close").catch(() => {});
    await new Promise((done) => this.process.on("exit", done));
    fs.rmSync(this.profile, { recursive: true, force: true });
  }
}

// ---- what is asked of a page, within the page: each gives a list of faults ----

function layoutFaults(width, all) {
  const faults = [], name = (node) => `<${node.tagName.toLowerCase()} ${node.id || node.className}> "${node.textContent.trim().slice(0, 30)}"`;
  const root = document.documentElement;
  if (root.scrollWidth > width) faults.push(`the page is ${root.scrollWidth} px wide in a window of ${width}`);
  const blocks = Array.from(new Set([...document.querySelector("main").children, ...document.querySelectorAll("figure")]));
  const boxes = blocks.filter((node) => !node.matches(".figures, script")).map((node) => [node, node.getBoundingClientRect()]);
  boxes.forEach(([node, box], i) => {
    if (box.left < -1 || box.right > width + 1) faults.push(`${name(node)} stands outside the window`);
    boxes.slice(i + 1).forEach(([other, its]) => {
      const across = Math.min(box.right, its.right) - Math.max(box.left, its.left);
      const down = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
      if (across > 1 && down > 1) faults.push(`${name(node)} and ${name(other)} overlap`);
    });
  });
  document.querySelectorAll("th, td, li, p, h1, h2, h3, figcaption, caption").forEach((node) => {
    if (node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0 && getComputedStyle(node).display !== "inline") faults.push(`${name(node)} is cut`);
  });
  document.querySelectorAll("figure svg").forEach((svg) => {
    const frame = svg.getBoundingClientRect();
    svg.querySelectorAll("text").forEach((text) => {
      const box = text.getBoundingClientRect();
      if (box.width && (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1))
        faults.push(`${svg.closest("figure").id}: "${text.textContent}" stands outside the chart`);
    });
  });
  document.querySelectorAll("figure svg").forEach((svg) => {
    const scale = svg.getBoundingClientRect().width / (svg.viewBox.baseVal.width || 1), sizes = Array.from(svg.querySelectorAll("text"))
      .map((text) => scale * parseFloat(getComputedStyle(text).fontSize)).filter((size) => size > 0);
    if (!all && sizes.length && Math.min(...sizes) < 9) faults.push(`${svg.closest("figure").id}: text of ${Math.min(...sizes).toFixed(1)} px`);
  });
  if (width < 600) document.querySelectorAll(".picture").forEach((box) => {
    if (box.scrollWidth > box.clientWidth + 1) faults.push(`${name(box)} is to be moved sideways`);
  });
  if (all) document.querySelectorAll(".table, .picture").forEach((box) => {
    if (box.scrollWidth > box.clientWidth + 1) faults.push(`${name(box)} is wider (${box.scrollWidth}) than its room (${box.clientWidth})`);
  });
  return faults;
}

function firstPageFaults(height) {
  const figure = document.querySelector("figure"), bottom = figure ? Math.ceil(figure.getBoundingClientRect().bottom) : 0;
  return bottom > height ? [`the first chart ends at ${bottom} px, below the first page (${height})`] : [];
}

function contrastFaults() {
  const faults = new Set();
  const parse = (text) => { const n = text.match(/[\d.]+/g).map(Number); return n.length === 4 && n[3] === 0 ? null : n; };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => (node ? parse(getComputedStyle(node).backgroundColor) || ground(node.parentElement) : [255, 255, 255]);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || node.closest("svg, script")) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(ground(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) faults.add(`contrast of <${node.tagName.toLowerCase()} ${node.className}> is ${ratio.toFixed(2)}`);
  }
  return Array.from(faults);
}

function linkFaults() {
  return Array.from(document.querySelectorAll('a[href^="#"]')).map((a) => a.getAttribute("href").slice(1))
    .filter((id) => !document.getElementById(id)).map((id) => `nothing has the name #${id}`);
}

// Sorts every table by every column, both ways, and filters it; a table must come out whole.
function tableFaults() {
  const faults = [], shown = (table) => Array.from(table.tBodies[0].rows).filter((row) => !row.hidden);
  document.querySelectorAll("table").forEach((table) => {
    const rows = table.tBodies[0].rows.length, buttons = Array.from(table.tHead.querySelectorAll("button"));
    if (rows > 1 && buttons.length !== table.tHead.rows[0].cells.length) faults.push(`${table.id} cannot be sorted`);
    buttons.forEach((button, column) => ["ascending", "descending"].forEach((order) => {
      button.click();
      if (button.parentElement.getAttribute("aria-sort") !== order) faults.push(`${table.id} does not tell that it is ${order}`);
      const cells = Array.from(table.tBodies[0].rows).map((row) => row.cells[column]);
      const numbers = cells.filter((cell) => cell.dataset.sort !== undefined).map((cell) => Number(cell.dataset.sort));
      const values = numbers.length ? numbers : cells.map((cell) => cell.textContent);
      const compare = (x, y) => (numbers.length ? x - y : x.localeCompare(y, document.documentElement.lang));
      const sign = order === "ascending" ? 1 : -1;
      if (values.some((v, i) => i && sign * compare(values[i - 1], v) > 0)) faults.push(`${table.id} column ${column} is not ${order}`);
      if (table.tBodies[0].rows.length !== rows) faults.push(`${table.id} lost rows`);
    }));
    const input = document.getElementById("filter-" + table.id);
    if (!input) { if (rows > 7) faults.push(`${table.id} has ${rows} rows and no filter`); return; }
    const type = (text) => { input.value = text; input.dispatchEvent(new Event("input")); };
    const wanted = table.tBodies[0].rows[rows - 1].cells[0].textContent;
    type(wanted);
    if (!shown(table).length || shown(table).some((row) => !wanted.toLowerCase().split(/\s+/).every((w) => row.textContent.toLowerCase().includes(w))))
      faults.push(`${table.id}: filtering by "${wanted}" shows ${shown(table).length} rows`);
    type("no row has this");
    if (shown(table).length) faults.push(`${table.id}: a word that no row has shows ${shown(table).length} rows`);
    type("");
    if (shown(table).length !== rows) faults.push(`${table.id}: without a word not all rows are shown`);
  });
  return faults;
}

// ---- and from outside ----

function soundFaults(heard, file) {
  return heard.flatMap(({ method, params }) => {
    if (method === "Runtime.exceptionThrown") return [`exception: ${params.exceptionDetails.text}`];
    if (method === "Log.entryAdded" && params.entry.level !== "verbose") return [`console: ${params.entry.text}`];
    if (method === "Runtime.consoleAPICalled") return [`console: ${params.type}`];
    if (method === "Network.requestWillBeSent" && decodeURIComponent(params.request.url) !== `file://${file}`) return [`request: ${params.request.url}`];
    return [];
  });
}

async function treeFaults(browser) {
  const { nodes } = await browser.send("Accessibility.getFullAXTree");
  const count = await browser.run(() => ({
    tables: document.querySelectorAll("table").length, figures: document.querySelectorAll("figure").length,
    rows: document.querySelectorAll("tbody tr").length, headings: document.querySelectorAll("h1, h2, h3").length }));
  const of = (role) => nodes.filter((node) => !node.ignored && node.role && node.role.value.toLowerCase() === role);
  const faults = [], expect = (role, wanted) => { if (of(role).length < wanted) faults.push(`the accessibility tree has ${of(role).length} of ${wanted}: ${role}`); };
  expect("heading", count.headings);
  expect("table", count.tables);
  expect("rowheader", count.rows);
  expect("columnheader", count.tables * 2);
  const pictures = nodes.filter((node) => !node.ignored && node.role && ["img", "image"].includes(node.role.value));
  if (pictures.length !== count.figures) faults.push(`${count.figures} figures, and ${pictures.length} pictures in the accessibility tree`);
  if (pictures.some((node) => !node.name || !node.name.value)) faults.push("a picture has no text alternative");
  return faults;
}

async function saveWhole(browser, file) {
  const height = await browser.run(() => document.documentElement.scrollHeight);
  const { data } = await browser.send("Page.captureScreenshot", { captureBeyondViewport: true,
    clip: { x: 0, y: 0, width: await browser.run(() => window.innerWidth), height: Math.min(height, 16000), scale: 1 } });
  fs.writeFileSync(file, Buffer.from(data, "base64"));
}

async function check(browser, file, pictures) {
  const faults = [], add = (where, found) => found.forEach((fault) => faults.push(`${path.basename(file)}, ${where}: ${fault}`));
  for (const [where, width, media] of [["390 px", 390, ""], ["1280 px", 1280, ""], ["A4", PRINT_WIDTH, "print"]]) {
    await browser.open(file, width, media);
    add(where, await browser.run(layoutFaults, width, media === "print"));
    if (pictures) await saveWhole(browser, path.join(pictures, `${path.basename(file, ".html")}.${width}.png`));
    if (media === "print") add(where, await browser.run(firstPageFaults, PRINT_HEIGHT));
    if (width === 1280) {
      add(where, await browser.run(contrastFaults));
      add(where, await browser.run(linkFaults));
      add(where, await treeFaults(browser));
      add(where, await browser.run(tableFaults));
    }
    add(where, soundFaults(browser.heard, file));
  }
  return faults;
}

async function main(given) {
  const pictures = given[0] === "--pictures" ? given.splice(0, 2)[1] : null;
  const browser = new Browser();
  let faults = [];
  try {
    await browser.start();
    for (const file of given) faults = faults.concat(await check(browser, path.resolve(file), pictures));
  } finally {
    await browser.close();
  }
  faults.slice(0, 60).forEach((fault) => console.log(fault));
  console.log(`${given.length} pages, ${faults.length} faults`);
  process.exitCode = faults.length ? 1 : 0;
}

main(process.argv.slice(2)).catch((error) => { console.error(error); process.exitCode = 2; });
