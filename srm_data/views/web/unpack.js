// Content that Python packed: JSON, deflated, as text.

export async function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed), sign => sign.charCodeAt(0));
  const text = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Response(text).json();
}
