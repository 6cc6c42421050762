// Texts whose contrast to what is behind them is less than WCAG AA asks for: 4.5:1, large ones 3:1.
() => {
  const part = (value) => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const rgb = (text) => text.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const behind = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if ((colour[3] ?? 1) > 0.99) return colour;
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  for (const one of document.querySelectorAll("body *")) {
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !one.checkVisibility() || ["SCRIPT", "STYLE"].includes(one.tagName)) continue;
    const style = getComputedStyle(one);
    const svg = one instanceof SVGElement;
    const ink = light(rgb(svg ? style.fill : style.color)), ground = light(behind(one));
    const ratio = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    if (ratio < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5)) poor.add(`${one.tagName}.${one.getAttribute("class")} ${ratio.toFixed(2)}`);
  }
  return [...poor];
}
