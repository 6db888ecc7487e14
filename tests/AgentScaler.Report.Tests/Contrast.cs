namespace AgentScaler.Report.Tests;

/// <summary>
/// WCAG 2.2, success criterion 1.4.3: text stands out from what is behind it by 4.5 to 1, large text by 3 to 1, computed from the styles in force. Menus that the
/// system draws are left out.
/// </summary>
internal static class Contrast
{
    /// <summary>A function of the page that lists texts that do not.</summary>
    public const string Script = """
        () => {
          const pen = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
          const read = colour => {
            pen.clearRect(0, 0, 1, 1);
            pen.fillStyle = colour;
            pen.fillRect(0, 0, 1, 1);
            const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
            return [r, g, b, a / 255];
          };
          const over = (top, below) => below.map((part, i) => top[i] * top[3] + part * (1 - top[3]));
          const line = node => node ? [node, ...line(node.parentElement)] : [];
          const behind = node => line(node).map(at => read(getComputedStyle(at).backgroundColor)).reduceRight((below, top) => over(top, below), [255, 255, 255]);
          const light = colour => colour.map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
            .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
          const faults = new Set();
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const text = texts.currentNode.data.trim(), node = texts.currentNode.parentElement;
            if (!text || node.closest('script, style, noscript, select, .unseen') || !node.checkVisibility({ visibilityProperty: true })) {
              continue;
            }

            const style = getComputedStyle(node);
            const colour = read(node instanceof SVGElement ? style.fill : style.color);
            colour[3] *= line(node).reduce((all, at) => all * Number(getComputedStyle(at).opacity), 1);
            const back = behind(node);
            const [high, low] = [light(over(colour, back)), light(back)].sort((a, b) => b - a);
            const ratio = (high + 0.05) / (low + 0.05), size = parseFloat(style.fontSize);
            if (ratio < (size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5)) {
              faults.add(`${ratio.toFixed(2)} ${node.tagName.toLowerCase()}.${node.getAttribute('class') ?? ''} in ${node.parentElement.getAttribute('class') ?? ''}: ${text.slice(0, 30)}`);
            }
          }

          return [...faults];
        }
        """;
}
