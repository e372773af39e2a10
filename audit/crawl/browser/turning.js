// The rows of the page's lists, and the control that turns its pages. Lives in a world of its own.
var duwangTurning = (() => {
  const LISTS = 'ul, ol, dl, tbody, div';
  const CONTROLS = ['a, button, input[type=button]', 'span, li, div'];
  const LONG = 2000, ROWS = 100, LISTED = 300, TOLD = 400000, HOLDER = 120;

  const isShown = one => one.getClientRects().length > 0 && getComputedStyle(one).visibility === 'visible';
  const said = one => (one.value || one.textContent).trim();
  const isIdle = one => one.disabled || one.getAttribute('aria-disabled') === 'true'
    || /disabl|no-?next/i.test(`${one.className} ${one.parentElement.className}`);
  const leads = one => one.matches('a[href]') && !/^\s*(#|javascript:|$)/i.test(one.getAttribute('href'));
  // a form is never sent, and a window that a form opens is not ours to hold
  const sends = one => (one.form && /^(submit|image)$/.test(one.type))
    || /submit|doPostBack/i.test(`${one.getAttribute('href') || ''} ${one.getAttribute('onclick') || ''}`);
  const pathOf = one => {
    const steps = [];
    for (; one && one !== document.body; one = one.parentElement) {
      const place = [...one.parentElement.children].indexOf(one) + 1;
      steps.unshift(`${one.tagName.toLowerCase()}:nth-child(${place})`);
    }
    return ['body', ...steps].join(' > ');
  };
  const controlOf = words => {
    const likely = CONTROLS.flatMap((selector, place) => [...document.querySelectorAll(selector)].filter(one =>
      words.includes(said(one)) && isShown(one) && !(place && one.children.length)));
    return words.map(word => likely.find(one => said(one) === word)).find(one => one) || null;
  };
  const holderOf = one => {
    while (one.parentElement !== document.body && one.parentElement.textContent.trim().length <= HOLDER
      && [...one.parentElement.querySelectorAll('a[href]')].every(link => !leads(link))) one = one.parentElement;
    return one;
  };
  const rowsOf = one => [...one.children].filter(row => row.matches('a') || row.querySelector('a')).map(row => row.outerHTML);

  return {
    look(words) {
      const rows = {};
      let told = 0;
      for (const one of [...document.body.querySelectorAll(LISTS)]) {
        const found = one.childElementCount <= ROWS ? rowsOf(one) : [];
        const size = found.reduce((sum, row) => sum + row.length, 0);
        if (!found.length || found.some(row => row.length > LONG) || told + size > TOLD) continue;
        rows[pathOf(one)] = found;
        told += size;
        if (Object.keys(rows).length === LISTED) break;
      }
      const control = controlOf(words);
      const next = control !== null && !isIdle(control) && !leads(control) && !sends(control);
      return { next, holder: control ? pathOf(holderOf(control)) : '', rows };
    },
    turn(words) {
      controlOf(words).click();
      return true;
    },
    put({ path, rows, holder }) {
      document.querySelector(path).insertAdjacentHTML('afterbegin', rows.join(''));
      const pager = holder && document.querySelector(holder);
      if (pager) pager.remove();
      return true;
    },
  };
})();
