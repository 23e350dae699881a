// Improves pages that work without it. Nothing here makes HTML out of text.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const clock = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' }); // 2030-01-31 12:00
const offset = new Intl.DateTimeFormat('en', { timeZoneName: 'shortOffset' });

// A time in the reader's zone, such as 2030-01-31 13:00 UTC+1; empty where that is UTC.
function inZone(at) {
  const name = offset.formatToParts(at).find(({ type }) => type === 'timeZoneName').value;
  return /[1-9]/.test(name) ? `${clock.format(at)} ${name.replace('GMT', 'UTC')}` : '';
}

function improve(root) {
  for (const time of root.querySelectorAll('time[datetime]')) {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.getTime())) {
      time.title = `${local.format(at)} (${zone})`;
      const here = inZone(at);
      if (here && time.classList.contains('moment')) {
        const shown = document.createElement('span');
        shown.className = 'local';
        shown.textContent = here;
        time.append(' ', shown);
      }
    }
  }
  // What is typed without a zone is in the reader's.
  for (const field of root.querySelectorAll('input[data-zone]')) {
    field.value = zone;
    document.getElementById(field.dataset.zone).textContent = zone;
  }
  for (const form of root.querySelectorAll('form[method=get]')) {
    refuseSecrets(form);
  }
  for (const form of root.querySelectorAll('form[data-live]')) {
    filterAsYouType(form);
  }
}

// Filters as you type: fetches the page that the form would show, and takes its results and counts.
function filterAsYouType(form) {
  let pending;
  let request;
  const show = () => {
    // An older answer must not replace a newer one.
    request?.abort();
    const url = new URL(form.action);
    url.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== '')).toString();
    const mine = new XMLHttpRequest();
    request = mine;
    mine.open('GET', url);
    mine.responseType = 'document';
    mine.onload = () => {
      const page = mine.response;
      const results = page?.getElementById(form.dataset.live);
      if (mine.status !== 200 || !results || mine.responseURL.split('?')[0] !== form.action) {
        form.submit();
        return;
      }
      document.getElementById(form.dataset.live).replaceWith(document.importNode(results, true));
      document.querySelector('.count').textContent = page.querySelector('.count').textContent;
      improve(document.getElementById(form.dataset.live));
      history.replaceState(null, '', url);
    };
    mine.send();
  };
  const soon = (delay) => {
    clearTimeout(pending);
    pending = setTimeout(show, delay);
  };
  form.addEventListener('input', (event) => {
    request?.abort();
    clearTimeout(pending);
    if (form.checkValidity()) {
      soon(event.target.type === 'search' ? 200 : 0);
    }
  });
}

// What a search form sends ends in the address bar and in the history of the browser: no secret may.
function refuseSecrets(form) {
  form.addEventListener('input', ({ target }) => {
    const found = /apiv3_/i.test(target.value);
    target.setCustomValidity(found ? 'This looks like a secret and is not sent. Use Check a string.' : '');
    if (found) {
      target.reportValidity();
    }
  });
}

// Keeps a part of a page fresh while somebody can see it and nobody works in it. This does not keep the session from ending.
const EVERY = 15_000;

function keepFresh(id) {
  let tag;
  const isBusy = (part) =>
    document.hidden || part.contains(document.activeElement) || part.querySelector('details[open]') !== null
    || !getSelection().isCollapsed;
  const load = () => {
    if (isBusy(document.getElementById(id))) {
      return;
    }
    const request = new XMLHttpRequest();
    request.open('GET', location.href);
    request.setRequestHeader('Latchkey-Refresh', '1');
    if (tag) {
      request.setRequestHeader('If-None-Match', tag);
    }
    request.responseType = 'document';
    request.onload = () => {
      if (request.responseURL !== location.href.split('#')[0]) {
        location.reload(); // the session has ended
        return;
      }
      const part = request.status === 200 ? request.response?.getElementById(id) : null;
      if (!part || isBusy(document.getElementById(id))) {
        return;
      }
      tag = request.getResponseHeader('ETag');
      document.getElementById(id).replaceWith(document.importNode(part, true));
      improve(document.getElementById(id));
    };
    request.send();
  };
  setInterval(load, EVERY);
}

for (const part of document.querySelectorAll('[data-refresh]')) {
  keepFresh(part.id);
}

// Copy buttons, which are hidden without a script.
for (const button of document.querySelectorAll('button[data-copy]')) {
  if (navigator.clipboard) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      button.textContent = 'Copied';
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 2000);
    });
  }
}

// A page with a secret leaves none behind where the browser keeps pages to go back to.
addEventListener('pagehide', () => {
  for (const secret of document.querySelectorAll('[data-secret]')) {
    secret.textContent = 'The secret was shown once and is gone.';
  }
});

improve(document);
