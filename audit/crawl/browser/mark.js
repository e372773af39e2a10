// Finds what a picture is to mark, and brings it into view. Lives in a world of its own.
var marker = (() => {
  const MOST_CHARACTERS = 400000, MOST_PLACES = 30, MARGIN = 24, MOST_ELEMENTS = 3000, LOWEST = 200;
  const SILENT = /^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE|TEXTAREA|TITLE)$/;
  const HELD = { 'a[href], area[href]': 'href', 'iframe[src], frame[src]': 'src', 'img[src], embed[src]': 'src' };
  let found = null;  // an element or a range

  const elementOf = one => one instanceof Range ? one.commonAncestorContainer.parentElement
    && (one.commonAncestorContainer.nodeType === 1 ? one.commonAncestorContainer : one.commonAncestorContainer.parentElement) : one;
  const boxOf = one => {
    const parts = [...one.getClientRects()].filter(part => part.width > 1 && part.height > 1);
    if (!parts.length) return null;
    const left = Math.min(...parts.map(part => part.left)), top = Math.min(...parts.map(part => part.top));
    const right = Math.max(...parts.map(part => part.right)), bottom = Math.max(...parts.map(part => part.bottom));
    return { left, top, right, bottom };
  };
  const isShown = one => {
    const element = elementOf(one), box = boxOf(one) || (element !== one ? null : insideOf(element));
    if (!element || !box || box.right + scrollX <= 0 || box.bottom + scrollY <= 0) return false;
    return getComputedStyle(element).visibility === 'visible' && +getComputedStyle(element).opacity > 0.05;
  };
  const insideOf = element => [...element.children].map(boxOf).find(box => box) || null;  // of a link around a block
  const squeezed = text => {
    let said = '';
    for (const letter of text) {
      if (/[\s\u00ad\u200b-\u200f\u2060\ufeff]/.test(letter)) continue;
      const code = letter.charCodeAt(0);
      said += code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : letter;
    }
    return said;
  };
  const textOfPage = () => {
    const walker = document.createTreeWalker(document.body || document.documentElement, NodeFilter.SHOW_TEXT);
    const letters = [], nodes = [], offsets = [];
    for (let node = walker.nextNode(); node && letters.length < MOST_CHARACTERS; node = walker.nextNode()) {
      if (!node.parentElement || SILENT.test(node.parentElement.tagName)) continue;
      const text = node.data;
      for (let at = 0; at < text.length; at++) {
        const kept = squeezed(text[at]);
        if (kept) { letters.push(kept); nodes.push(node); offsets.push(at); }
      }
    }
    return { said: letters.join(''), nodes, offsets };
  };
  const rangesOf = function* (words, page) {
    const wanted = squeezed(words);
    let at = wanted.length ? page.said.indexOf(wanted) : -1;
    for (let times = 0; at >= 0 && times < MOST_PLACES; times++) {
      const end = at + wanted.length - 1, range = document.createRange();
      range.setStart(page.nodes[at], page.offsets[at]);
      range.setEnd(page.nodes[end], page.offsets[end] + 1);
      yield range;
      at = page.said.indexOf(wanted, end + 1);
    }
  };
  // A date or a number by itself stands on many pages: only words tell what was meant.
  const says = piece => piece.length >= 4 && /\p{L}/u.test(piece.replace(/[年月日号]/g, ''));
  const piecesOf = words => words.split(/[\s…|·,，。；;：:、“”"]+/).filter(says)
    .sort((a, b) => b.length - a.length).slice(0, 4);
  const bare = address => String(address).split('#')[0];
  const linksTo = function* (target) {
    for (const [selector, name] of Object.entries(HELD))
      for (const one of document.querySelectorAll(selector))
        if (one[name] === target || one.getAttribute(name) === target || bare(one[name]) === target) yield one;
  };
  const atPath = function* (path) {
    try { yield* document.querySelectorAll(path); } catch { /* no path of this document */ }
  };
  const around = one => {
    let element = elementOf(one);
    while (element && element !== document.body && !(isShown(element) && boxOf(element))) element = element.parentElement;
    return element && element !== document.body && element !== document.documentElement ? element : null;
  };
  const best = places => {  // the first that shows; else what it lies in
    let first = null, seen = 0;
    for (const one of places) {
      if (isShown(one)) return [one, 'shown'];
      first = first || one;
      if (++seen >= MOST_PLACES) break;
    }
    const near = first && around(first);
    return near ? [near, 'around'] : null;
  };
  const ways = function* (given) {
    for (const path of given.paths) yield [path, atPath(path)];
    for (const link of given.links) yield [link, linksTo(link)];
    if (!given.texts.length) return;
    const page = textOfPage();
    for (const words of given.texts) yield [words, rangesOf(words, page)];
    for (const words of given.texts)
      for (const piece of piecesOf(words)) yield [piece, rangesOf(piece, page)];
  };
  const depth = () => {  // of what the page shows: a short page is no higher than its last line
    const whole = Math.max(document.documentElement.scrollHeight, document.body ? document.body.scrollHeight : 1);
    if (whole > innerHeight) return whole;
    const all = [...document.querySelectorAll('body, body *')].slice(0, MOST_ELEMENTS);
    return Math.max(LOWEST, ...all.map(one => one.getBoundingClientRect().bottom + scrollY));
  };
  const boxNow = () => {
    const box = found && (boxOf(found) || insideOf(found));
    return box ? [box.left, box.top, box.right - box.left, box.bottom - box.top] : null;
  };
  const bring = () => {
    const box = boxNow(), height = innerHeight;
    if (!box) return;
    const beside = box[0] + box[2] <= 0 || box[0] >= innerWidth;
    if (!beside && box[1] >= 0 && box[1] + box[3] <= height - MARGIN) return;
    elementOf(found).scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    const again = boxNow();
    if (again && (again[1] < 0 || again[1] + Math.min(again[3], height / 2) > height))
      scrollBy({ top: again[1] - height / 3, behavior: 'instant' });
  };

  return {
    find(given) {
      found = null;
      scrollTo({ top: 0, left: 0, behavior: 'instant' });
      let around = null;
      for (const [what, places] of ways(given)) {
        const one = best(places);
        if (one && one[1] === 'around') around = around || [what, ...one];
        if (!one || one[1] === 'around') continue;
        found = one[0];
        bring();
        return { how: 'shown', what };
      }
      if (!around) return { how: '', what: '' };
      found = around[1];
      bring();
      return { how: 'around', what: around[0] };
    },
    now() {
      return { box: boxNow(), height: depth(), top: scrollY, left: scrollX };
    },
  };
})();
