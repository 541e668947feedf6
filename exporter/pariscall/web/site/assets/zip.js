"use strict";
// A ZIP archive of files that are stored as they are (APPNOTE.TXT 6.3.10, method 0).
(globalThis.site ??= {}).zip = (() => {
  const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
    for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
    return byte;
  });
  // The first date that the format knows, 1 January 1980: the same rows give the same bytes.
  const DATE = 0x21;

  const crc32 = (bytes) => ~bytes.reduce((crc, byte) => (crc >>> 8) ^ TABLE[(crc ^ byte) & 255], -1) >>> 0;
  const int16 = (number) => [number & 255, number >>> 8 & 255];
  const int32 = (number) => [...int16(number & 0xffff), ...int16(number >>> 16)];

  // Returns the parts of an archive for a Blob, of texts by their names.
  return (files) => {
    const parts = [], directory = [];
    let at = 0, size = 0;
    const encoder = new TextEncoder();
    for (const [name, text] of Object.entries(files)) {
      const [path, content] = [encoder.encode(name), encoder.encode(text)];
      // What both headers of a file have: version, UTF-8, method, time, date, CRC, sizes, lengths.
      const facts = [...int16(20), ...int16(0x800), ...int16(0), ...int16(0), ...int16(DATE), ...int32(crc32(content)),
        ...int32(content.length), ...int32(content.length), ...int16(path.length), ...int16(0)];
      const local = Uint8Array.from([...int32(0x04034b50), ...facts, ...path]);
      const central = Uint8Array.from([...int32(0x02014b50), ...int16(20), ...facts, ...int16(0), ...int16(0),
        ...int16(0), ...int32(0), ...int32(at), ...path]);
      parts.push(local, content);
      directory.push(central);
      at += local.length + content.length;
      size += central.length;
    }
    const number = directory.length;
    const end = [...int32(0x06054b50), ...int16(0), ...int16(0), ...int16(number), ...int16(number), ...int32(size), ...int32(at), ...int16(0)];
    return new Blob([...parts, ...directory, Uint8Array.from(end)]);
  };
})();
