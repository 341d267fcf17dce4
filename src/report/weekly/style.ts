/** Colours are those of Okabe and Ito, told apart with any kind of colour vision; contrast of text is at least 7 to 1. */
export const STYLE = `
:root{--ground:#fff;--text:#1a1a1a;--soft:#595959;--line:#c8c8c8;--calm:#56b4e9;--band:#e69f00;--work:#1a1a1a;--freeze:#0000001c;--notice:#fff4d6}
@media (prefers-color-scheme:dark){:root{--ground:#16181c;--text:#ececec;--soft:#b8b8b8;--line:#4a4d55;--calm:#2f7fae;--band:#e69f00;--work:#ececec;--freeze:#ffffff22;--notice:#3a3216}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:72rem;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
.skip{position:absolute;left:-99rem}
.skip:focus{position:static}
a{color:inherit}
.status{font-size:1.25rem;font-weight:600;margin:0 0 .5rem}
h1{font-size:1.4rem;margin:.5rem 0}
h2{font-size:1.15rem;margin:1.6rem 0 .4rem}
.notice{background:var(--notice);padding:.5rem .75rem;border-left:4px solid var(--band)}
figure{margin:1rem 0}
figcaption{color:var(--soft);font-size:.875rem}
.scroll{overflow-x:auto}
.scroll:focus-visible{outline:3px solid var(--calm)}
table{border-collapse:collapse;width:100%;min-width:36rem;font-size:.9rem}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);font-weight:400;overflow-wrap:break-word}
thead th{font-weight:600;color:var(--soft)}
tbody th{font-weight:600}
tbody .day{white-space:nowrap;font-variant-numeric:tabular-nums}
svg text{fill:var(--text);font:12px system-ui,sans-serif}
.month{stroke:var(--line)}
.today{stroke:var(--text);stroke-width:1.5;stroke-dasharray:4 3}
.freeze{fill:var(--freeze)}
.calm{fill:var(--calm)}
.calm.unknown{fill:url(#hatch);stroke:var(--calm)}
.hatch-ground{fill:var(--ground)}
.hatch-line{stroke:var(--calm);stroke-width:3}
.window{fill:var(--ground);stroke:var(--work);stroke-width:1.5}
.window.engine{stroke-width:3}
.window.proposed{stroke-dasharray:3 2}
.band80,.band50{fill:var(--band)}
.middle{fill:var(--text)}
.missed{stroke:var(--text);stroke-width:2.5;fill:none}
.pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));gap:0 1.5rem}
.pictures figure{min-width:0}
.key{color:var(--soft);font-size:.875rem}
@media print{
@page{size:A4;margin:14mm}
:root{--ground:#fff;--text:#000;--soft:#333;--line:#999;--calm:#56b4e9;--work:#000;--freeze:#0000001c;--notice:#fff}
body{padding:0;max-width:none;font-size:9.5pt}
.skip{display:none}
.scroll{overflow:visible}
svg{max-width:100%;height:auto}
.pictures{grid-template-columns:1fr 1fr}
table{min-width:0;font-size:8pt}
tr,figure{break-inside:avoid}
thead{display:table-header-group}
h2{break-after:avoid}
*{print-color-adjust:exact}
}`;
