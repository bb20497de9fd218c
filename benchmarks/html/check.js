// Pages of the HTML report in a real browser:
//   NODE_PATH=FOLDER/node_modules node benchmarks/html/check.js [--shots FOLDER] [--only CHECK] PAGE ...
// FOLDER is what tools.sh filled; CHROMIUM names another browser than /usr/bin/chromium. Exit code 1: something failed.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { chromium } = require("playwright-core");

const LOAD_MS = 2000;
const BYTES = 5_000_000;
const OPENED = 25;
const ALIKE = 200;
const DESKTOP = { width: 1280, height: 900 };
const NARROW = { width: 390, height: 844 };
const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

let failed = 0;

// The first findings and entries with all that is folded in them, and the tables.
function open(page) {
  return page.evaluate((most) => {
    for (const list of document.querySelectorAll(".list"))
      for (const entry of [...list.children].slice(0, most)) entry.querySelectorAll("details").forEach((one) => (one.open = true));
    document.querySelectorAll("section > details").forEach((one) => (one.open = true));
  }, OPENED);
}

function told(page, name, errors, note = "") {
  failed += errors.length ? 1 : 0;
  console.log(`${errors.length ? "FAIL" : "ok  "} ${page.padEnd(22)} ${name.padEnd(26)} ${note}`);
  for (const error of errors.slice(0, 5)) console.log(`       ${error}`);
}

const CHECKS = {
  async "loads fast, alone"(browser, url) {
    const page = await (await browser.newContext({ viewport: DESKTOP })).newPage();
    const errors = [];
    page.on("console", (message) => errors.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => errors.push(`script: ${error}`));
    page.on("request", (request) => request.url() === url || errors.push(`request: ${request.url()}`));
    const times = [];
    for (let run = 0; run < 3; run++) {
      await page.goto(url);
      times.push(await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventStart));
    }
    const took = Math.round(times.sort((a, b) => a - b)[1]);
    const bytes = fs.statSync(new URL(url)).size;
    if (took > LOAD_MS) errors.push(`${took} ms until loaded`);
    if (bytes > BYTES) errors.push(`${bytes} bytes`);
    return [errors, `${bytes.toLocaleString("en")} bytes, ${took} ms`];
  },

  async "policy holds"(browser, url) {
    const page = await (await browser.newContext()).newPage();
    const asked = [];
    const blocked = [];
    page.on("request", (request) => request.url() === url || asked.push(request.url()));
    page.on("requestfailed", (request) => request.failure().errorText === "csp" && blocked.push(request.url()));
    await page.goto(url);
    const ran = await page.evaluate(async () => {
      const add = (name, set) => document.body.append(Object.assign(document.createElement(name), set));
      const tried = [];
      for (const trial of [
        () => add("script", { textContent: "window.ran = 'script'" }),
        () => document.body.setAttribute("onclick", "window.ran = 'handler'"),
        () => (document.body.innerHTML += "<p>"),
        () => eval("window.ran = 'eval'"),
      ]) {
        // From a timer: what the debugger runs by itself may do what the page may not.
        await new Promise((done) => setTimeout(() => {
          try { trial(); } catch (error) { tried.push(error.name); }
          done();
        }));
      }
      document.body.click();
      add("img", { src: "http://127.0.0.1:9/a.png" });
      add("link", { rel: "stylesheet", href: "http://127.0.0.1:9/a.css" });
      await fetch("http://127.0.0.1:9/").catch(() => 0);
      return window.ran ?? "";
    });
    return [[...(ran ? [`ran: ${ran}`] : []), ...asked.filter((one) => !blocked.includes(one)).map((one) => `asked for ${one}`)], `${blocked.length} blocked`];
  },

  async "accessible"(browser, url) {
    const errors = [];
    const looked = [];
    for (const [colorScheme, viewport, most] of [["light", DESKTOP, 0], ["dark", DESKTOP, ALIKE], ["light", NARROW, ALIKE]]) {
      const page = await (await browser.newContext({ colorScheme, viewport, bypassCSP: true })).newPage();
      await page.goto(url);
      // What is skipped until it is scrolled to has no colours for axe-core.
      await page.addStyleTag({ content: "#entries > li:nth-child(n) { content-visibility: visible !important }" });
      // Entries and rows are alike: all of them are looked at once, the first of them in other colours and widths.
      if (most) await page.evaluate((most) => document.querySelectorAll(`:is(#entries > li, tbody > tr):nth-child(n+${most})`).forEach((one) => one.remove()), most);
      // Without this axe-core writes a unique selector for each of a hundred thousand nodes that pass.
      const run = async (options) => {
        await page.evaluate(AXE);
        return page.evaluate((options) => axe.run(document, { resultTypes: ["violations"], ...options }), options);
      };
      await open(page);
      const found = await run();
      looked.push(await page.evaluate(() => document.querySelectorAll("*").length));
      for (const one of found.violations) errors.push(`${colorScheme} ${viewport.width}: ${one.id}: ${one.nodes[0].html.slice(0, 120)}`);
      await page.evaluate(() => {
        document.documentElement.removeAttribute("lang");
        document.querySelector("p").style.color = "#777";
      });
      const spoilt = await run({ runOnly: ["html-has-lang", "color-contrast"] });
      if (spoilt.violations.length !== 2) errors.push(`of a spoilt page only ${spoilt.violations.map((one) => one.id)}`);
      await page.context().close();
    }
    return [errors, `${looked.map((one) => one.toLocaleString("en")).join(", ")} elements`];
  },

  async "fits every width"(browser, url) {
    const errors = [];
    for (const width of [320, 390, 768, 1280, 1920]) {
      const page = await (await browser.newContext({ viewport: { width, height: 800 } })).newPage();
      await page.goto(url);
      await open(page);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) errors.push(`${over} pixels too wide at ${width}`);
      await page.context().close();
    }
    return [errors, ""];
  },

  async "script"(browser, url) {
    const page = await (await browser.newContext({ viewport: DESKTOP })).newPage();
    const errors = [];
    const expect = (name, is, wanted) => JSON.stringify(is) === JSON.stringify(wanted) || errors.push(`${name}: ${JSON.stringify(is)}, not ${JSON.stringify(wanted)}`);
    const shown = () => page.$$eval("#entries > li:not([hidden])", (all) => all.length);
    const focused = () => page.evaluate(() => [...document.querySelectorAll("#entries > li:not([hidden]) > details > summary")].indexOf(document.activeElement));
    await page.goto(url);
    const total = await page.$$eval("#entries > li", (all) => all.length);
    if (!total) return [[], "no entries"];
    expect("all at first", await shown(), total);

    await page.keyboard.press("/");
    await page.keyboard.type("no such text anywhere");
    expect("filter", await shown(), 0);
    expect("count", await page.textContent("#shown"), `0 of ${total}`);
    await page.keyboard.press("Escape");
    expect("filter cleared", await shown(), total);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    expect("j and k", await focused(), 0);
    await page.keyboard.press("Enter");
    expect("Enter", await page.$eval("#entries > li details", (one) => one.open), true);
    const box = page.locator("#entries > li").first().locator(".asked input").first();
    if (await box.count()) {
      await box.focus();
      await page.keyboard.press("Space");
      expect("a tick", await box.isChecked(), true);
      await page.keyboard.press("j");
      expect("j from a box", await focused(), Math.min(1, total - 1));
      await page.keyboard.press("k");
    }
    await page.uncheck("#keys");
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("j");
    expect("keys switched off", await focused(), -1);

    const kind = await page.$eval("#entries > li", (one) => one.dataset.kind);
    const same = await page.$$eval("#entries > li", (all, wanted) => all.filter((one) => one.dataset.kind === wanted).length, kind);
    await page.selectOption("#kind", kind);
    expect("by kind", await shown(), same);
    await page.selectOption("#kind", "");
    await page.selectOption("#order", "path");
    const paths = await page.$$eval("#entries > li", (all) => all.map((one) => one.dataset.path));
    expect("by place", paths, [...paths].sort(new Intl.Collator("en", { numeric: true }).compare));
    await page.selectOption("#order", "");
    const ids = await page.$$eval("#entries > li details > .card", (all) => all.map((one) => one.id));
    await page.selectOption("#kind", kind);
    await page.evaluate((id) => (location.hash = id), ids.at(-1));
    await page.waitForFunction((id) => document.getElementById(id).closest("details").open, ids.at(-1));
    expect("a link opens", await page.$eval(`[id="${ids.at(-1)}"]`, (one) => one.getBoundingClientRect().top < innerHeight), true);
    await page.selectOption("#kind", "");
    const button = await page.$("tr[data-component] button");
    if (button) {
      await button.click();
      if (!(await shown())) errors.push("a component shows nothing");
    }
    return [errors, `${total} entries`];
  },

  async "no script"(browser, url) {
    const page = await (await browser.newContext({ viewport: DESKTOP, javaScriptEnabled: false })).newPage();
    const errors = [];
    await page.goto(url);
    if (await page.isVisible("#toolbar")) errors.push("controls that do nothing are shown");
    const first = page.locator("#entries > li details").first();
    if (!(await first.count())) return [errors, "no entries"];
    await first.locator("summary").first().click();
    if (!(await first.locator(".card").isVisible())) errors.push("an entry does not open");
    const box = page.locator("#entries > li").first().locator(".asked input").first();
    if (await box.count()) {
      await box.check();
      if (!(await box.isChecked())) errors.push("a box cannot be ticked");
    }
    const id = await page.locator("#entries .card").last().getAttribute("id");
    await page.goto("about:blank");
    await page.goto(`${url}#${id}`);
    if (!(await page.locator(`[id="${id}"]`).isVisible())) errors.push("a link does not open its entry");
    return [errors, ""];
  },

  async "print"(browser, url) {
    const page = await (await browser.newContext({ colorScheme: "dark" })).newPage();
    const errors = [];
    await page.goto(url);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    if (await page.isVisible("#toolbar")) errors.push("controls are printed");
    const first = page.locator("#entries .printed .card").first();
    if ((await first.count()) && !(await first.isVisible())) errors.push("the first entry is printed without its code");
    const boxes = page.locator("#entries .printed .asked input");
    if ((await boxes.count()) && !(await boxes.first().isVisible())) errors.push("the questions of the first entry are not printed");
    if (await page.locator(".asked input:checked").count()) errors.push("a box is ticked that nobody ticked");
    const colour = await page.$eval("body", (body) => getComputedStyle(body).color);
    if (colour !== "rgb(0, 0, 0)") errors.push(`printed in ${colour}`);
    const pages = (await page.pdf()).toString("latin1").match(/\/Type\s*\/Page\b/g).length;
    return [errors, `${pages} sheets`];
  },
};

async function shots(browser, url, into, name) {
  for (const [kind, options] of [["light", {}], ["dark", { colorScheme: "dark" }], ["narrow", { viewport: NARROW }]]) {
    const page = await (await browser.newContext({ viewport: DESKTOP, ...options })).newPage();
    await page.goto(url);
    await page.$$eval("#entries > li > details", (all) => all.slice(0, 2).forEach((one) => (one.open = true)));
    const { width } = page.viewportSize();
    const high = await page.evaluate(() => document.documentElement.scrollHeight);
    for (let part = 0; part < 5 && part * 1000 < high; part++) {
      const clip = { x: 0, y: part * 1000, width, height: Math.min(1000, high - part * 1000) };
      await page.screenshot({ path: path.join(into, `${name}-${kind}-${part}.png`), fullPage: true, clip });
    }
    await page.context().close();
  }
}

async function main() {
  const given = process.argv.slice(2);
  const at = given.indexOf("--shots");
  const [, into] = at >= 0 ? given.splice(at, 2) : [];
  const only = given.indexOf("--only");
  const [, wanted] = only >= 0 ? given.splice(only, 2) : [];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  for (const file of given) {
    const url = `file://${path.resolve(file)}`;
    const name = path.basename(file, ".html");
    for (const [title, check] of Object.entries(CHECKS)) if (!wanted || title === wanted) told(name, title, ...(await check(browser, url)));
    if (into) await shots(browser, url, into, name);
  }
  await browser.close();
  process.exitCode = failed ? 1 : 0;
}

main();
