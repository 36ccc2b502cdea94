/** Has the browser save a file rather than show it: nothing a user sent may run as a page of this site (RFC 6266). */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^ !#-$&-[\]-~]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
