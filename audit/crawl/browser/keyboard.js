// The search box of the page for one who has no mouse. Lives in a world of its own: `duwang` is not the page's.
var duwang = (() => {
  const CAN_FOCUS = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const HAS_STOPS_INSIDE = /^(IFRAME|FRAME|OBJECT|EMBED|VIDEO|AUDIO)$|-/;
  const SEVERAL_FIELDS = /^(date|time|datetime-local|month|week)$/;
  const STYLES = ['borderColor', 'borderWidth', 'borderStyle', 'boxShadow', 'backgroundColor',
    'backgroundImage', 'color', 'textDecorationLine', 'opacity', 'filter', 'transform'];
  let last = null, kept = null;

  const isShown = one => {
    const place = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    return place.width > 0 && place.height > 0 && style.visibility === 'visible' && style.display !== 'none';
  };
  const focused = () => {
    let one = document.activeElement;
    while (one && one.shadowRoot && one.shadowRoot.activeElement) one = one.shadowRoot.activeElement;
    return one;
  };
  const isNowhere = one => !one || one === document.body || one === document.documentElement;
  const holds = (one, other) => !!one && !!other && (one === other || one.contains(other));
  const boxOf = given => {
    const named = given.box ? [document.getElementById(given.box), document.getElementsByName(given.box)[0]] : [];
    const likely = given.looks.map(selector => document.querySelector(selector));
    return [...named, ...likely].find(one => one && isShown(one)) || null;
  };
  const isSurely = (one, box, words) => {
    const sends = 'button:not([type=button]):not([type=reset]), input[type=submit], input[type=image]';
    if (box.form && one.form === box.form && one.matches(sends)) return true;
    const said = ['value', 'alt', 'title', 'aria-label', 'name', 'id', 'class'].map(name => one.getAttribute(name));
    return words.test([one.textContent.slice(0, 60), ...said].join(' '));
  };
  const buttonOf = (given, box) => {
    const words = new RegExp(given.words, 'i');
    let around = box.parentElement;
    for (let level = 0; around && level < 4; level++, around = around.parentElement) {
      for (const one of [...around.querySelectorAll(given.buttons)].slice(0, 8)) {
        if (holds(one, box) || !isShown(one) || !isSurely(one, box, words)) continue;
        return one.matches(CAN_FOCUS) ? one : one.querySelector(CAN_FOCUS) || one;
      }
    }
    return null;
  };
  const others = one => [...document.querySelectorAll(CAN_FOCUS)].slice(0, 500).some(
    other => other !== one && other.tabIndex >= 0 && !other.disabled && isShown(other));
  const isText = one => one.matches('textarea, input:not([type]), input[type=text], input[type=search]');
  const styleOf = one => {
    const said = [];
    for (let level = 0; one && level < 3; level++, one = one.parentElement) {
      const style = getComputedStyle(one);
      const ringed = style.outlineStyle !== 'none' && style.outlineWidth !== '0px';
      said.push(ringed ? style.outline : '', ...STYLES.map(name => style[name]));
    }
    return said.join('|');
  };

  const pixelsOf = async text => {
    const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    const drawn = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(drawn.width, drawn.height).getContext('2d');
    canvas.drawImage(drawn, 0, 0);
    return canvas.getImageData(0, 0, drawn.width, drawn.height).data;
  };

  return {
    box: null,
    button: null,
    find(given) {
      this.box = boxOf(given);
      this.button = this.box && buttonOf(given, this.box);
      last = focused();
      return { box: !!this.box, button: !!this.button, ...this.here() };
    },
    here() {
      const one = focused();
      const same = one === last && !isNowhere(one);
      last = one;
      const stuck = same && !HAS_STOPS_INSIDE.test(one.tagName) && !SEVERAL_FIELDS.test(one.type || '') && others(one);
      return {
        at_box: holds(this.box, one),
        at_button: holds(this.button, one),
        stuck,
        tag: stuck ? one.cloneNode(false).outerHTML.slice(0, 160) : '',
      };
    },
    look() {
      for (const moving of document.getAnimations()) { try { moving.finish() } catch { } }
      const one = focused();
      const place = one.getBoundingClientRect();
      const caret = one === this.box && isText(one) && !/, 0\)$|transparent/.test(getComputedStyle(one).caretColor);
      return {
        caret,
        style: styleOf(one),
        clip: [place.x + scrollX - 6, place.y + scrollY - 6, place.width + 12, place.height + 12],
      };
    },
    rest() {
      const one = kept = focused();
      one.blur();
      for (const moving of document.getAnimations()) { try { moving.finish() } catch { } }
      return styleOf(one);
    },
    // Edges are not drawn twice alike: what a person sees differs by more, and in more than a dot.
    async differs(pictures) {
      const [one, other] = await Promise.all(pictures.map(pixelsOf));
      let dots = 0;
      for (let place = 0; place < one.length; place += 4) {
        const by = Math.max(...[0, 1, 2].map(n => Math.abs(one[place + n] - other[place + n])));
        if (by > 24) dots++;
      }
      return one.length !== other.length || dots >= 4;
    },
    back() {
      kept.focus();
      return focused() === kept;
    },
    to(name) {
      const one = this[name];
      one.focus();
      if (one.select) one.select();
      return holds(one, focused());
    },
  };
})();
