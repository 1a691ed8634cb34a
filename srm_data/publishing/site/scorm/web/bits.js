// Numbers and texts packed into signs that every learning platform keeps: six bits a sign, ASCII only.

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const bytesOf = text => new TextEncoder().encode(text);

// What tells a text that was cut off or changed on its way: two signs for all the others.
export function sumOf(text) {
  let sum = 7;
  for (const sign of text) sum = (sum * 31 + sign.charCodeAt(0)) % 4093;
  return SIGNS[sum >> 6] + SIGNS[sum & 63];
}

// How many bits hold the numbers from 0 to `most`.
export const widthOf = most => 32 - Math.clz32(most);

export class BitWriter {
  #signs = [];
  #open = 0;
  #free = 6;

  get text() { return this.#signs.join('') + (this.#free < 6 ? SIGNS[this.#open << this.#free] : ''); }

  // A number in so many bits, 32 at most.
  put(value, width) {
    for (let bit = width - 1; bit >= 0; bit--) {
      this.#open = (this.#open << 1) | ((value >>> bit) & 1);
      this.#free -= 1;
      if (this.#free) continue;
      this.#signs.push(SIGNS[this.#open]);
      this.#open = 0;
      this.#free = 6;
    }
  }

  // A number of any size from 0 on, in fewer bits the smaller it is (the gamma code of Elias).
  putSmall(value) {
    const width = widthOf(value + 1);
    this.put(0, width - 1);
    this.put(value + 1, width);
  }

  // Seven bits a sign where that is enough, else the bytes of UTF-8.
  putText(text) {
    const bytes = bytesOf(text);
    const width = bytes.every(byte => byte < 128) ? 7 : 8;
    this.put(width - 7, 1);
    this.putSmall(bytes.length);
    bytes.forEach(byte => this.put(byte, width));
  }
}

export class BitReader {
  #at = 0;

  constructor(text) { this.text = text; }

  get(width) {
    let value = 0;
    for (let i = 0; i < width; i++, this.#at++) {
      const sign = SIGNS.indexOf(this.text[this.#at / 6 | 0] ?? '?');
      if (sign < 0) throw new RangeError('the text ends too early');
      value = value * 2 + ((sign >> (5 - this.#at % 6)) & 1);
    }
    return value;
  }

  getSmall() {
    let more = 0;
    while (!this.get(1)) more += 1;
    return 2 ** more + this.get(more) - 1;
  }

  getText() {
    const width = 7 + this.get(1);
    return new TextDecoder().decode(Uint8Array.from({length: this.getSmall()}, () => this.get(width)));
  }
}
