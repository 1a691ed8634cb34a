// The learning platform behind its SCORM 1.2 functions: found once, begun once, ended once.

const TRUE = 'true';
const FINAL = ['passed', 'completed', 'failed'];

// The functions stand in a window above this one, or above the window that opened it.
export function findApi(from) {
  const above = start => {
    for (let here = start, left = 50; here && left; left--) {
      if (here.API) return here.API;
      if (here.parent === here) return null;
      here = here.parent;
    }
    return null;
  };
  try {
    return above(from.parent === from ? null : from.parent) ?? above(from.opener);
  } catch {  // a window of somebody else's, into which this one may not look
    return null;
  }
}

const twoDigits = n => String(n).padStart(2, '0');

// A span as SCORM 1.2 writes it: HHHH:MM:SS.
function spanOf(milliseconds) {
  const seconds = Math.min(Math.floor(milliseconds / 1000), 9999 * 3600);
  return [seconds / 3600, seconds / 60 % 60, seconds % 60].map(Math.floor).map(twoDigits).join(':');
}

export class Platform {
  #api;
  #began = Date.now();
  #set = {};

  constructor(api) { this.#api = api; }

  // Begin. Whether the platform answers: some say no, with error 101, where it was begun already.
  begin() {
    try {
      const begun = String(this.#api.LMSInitialize('')) === TRUE;
      if (!begun && String(this.#api.LMSGetLastError()) !== '101') return false;
      this.state = this.#get('cmi.suspend_data');
      if (!begun && String(this.#api.LMSGetLastError()) !== '0') return false;
    } catch {
      return false;
    }
    this.running = true;
    this.learner = this.#get('cmi.core.student_id');
    this.place = this.#get('cmi.core.lesson_location');
    this.final = FINAL.includes(this.#get('cmi.core.lesson_status'));
    this.closed = ['review', 'browse'].includes(this.#get('cmi.core.lesson_mode'));
    // "suspend" asks for the same attempt at the next start. It is set now: a page that is closed may say no more.
    if (!this.closed) this.set('cmi.core.exit', 'suspend');
    return true;
  }

  #get(name) {
    try {
      return String(this.#api.LMSGetValue(name) ?? '');
    } catch {
      return '';
    }
  }

  // Whether the platform took a value; what it has already is not sent again.
  set(name, value) {
    if (!this.running) return false;
    if (this.#set[name] === value) return true;
    try {
      if (String(this.#api.LMSSetValue(name, value)) !== TRUE) return false;
    } catch {
      return false;
    }
    this.#set[name] = value;
    return true;
  }

  // Score and status. What ended well before does not become unfinished again.
  report({raw, done}) {
    if (raw !== null) {
      this.set('cmi.core.score.min', '0');
      this.set('cmi.core.score.max', '100');
      this.set('cmi.core.score.raw', String(raw));
    }
    if (this.final) return;
    this.set('cmi.core.lesson_status', done ? 'completed' : 'incomplete');
    this.final = done;
  }

  // Whether the platform says that it kept everything.
  commit() {
    if (!this.running) return false;
    this.set('cmi.core.session_time', spanOf(Date.now() - this.#began));
    try {
      return String(this.#api.LMSCommit('')) === TRUE;
    } catch {
      return false;
    }
  }

  // End. A platform may be ended once, and begun again only by a new start.
  end() {
    if (!this.running) return;
    this.set('cmi.core.session_time', spanOf(Date.now() - this.#began));
    this.running = false;
    try {
      this.#api.LMSFinish('');
    } catch {
      // Nobody is left to be told.
    }
  }
}
