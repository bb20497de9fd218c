// The pictures of docs/html.md, out of a page of samples/kvstore:
//   NODE_PATH=FOLDER/node_modules node benchmarks/html/pictures.js PAGE docs
"use strict";
const path = require("node:path");
const { chromium } = require("playwright-core");

const viewport = { width: 1080, height: 900 };

async function picture(browser, url, to, colorScheme, box) {
  const page = await (await browser.newContext({ viewport, colorScheme })).newPage();
  await page.goto(url);
  const { y, height } = await page.evaluate(box);
  await page.screenshot({ path: to, fullPage: true, clip: { x: 0, y, width: viewport.width, height } });
}

async function main() {
  const [file, into] = process.argv.slice(2);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  const url = `file://${path.resolve(file)}`;
  await picture(browser, url, path.join(into, "html-overview.png"), "light", () => {
    const after = document.querySelector("#boundary").closest("section").querySelector("details");
    return { y: 0, height: Math.round(after.getBoundingClientRect().top) };
  });
  await picture(browser, url, path.join(into, "html-site.png"), "dark", () => {
    const first = document.querySelector("#entries > li");
    first.querySelector("details").open = true;
    const { top, height } = first.getBoundingClientRect();
    return { y: Math.round(top + scrollY), height: Math.round(height) };
  });
  await browser.close();
}

main();
