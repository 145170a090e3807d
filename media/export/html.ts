/** A picture as one file that any browser shows: moved and scaled with mouse, fingers and keys, searched, in light and dark. It loads nothing. */
import { toSvgText, type SvgElement } from '../picture/svg.ts';
import type { Texts } from '../texts.ts';

export interface HtmlPage {
    readonly title: string;
    /** As `pictureOf` makes it: with its style sheet inside. */
    readonly picture: SvgElement;
    /** Language of the texts: `en`. */
    readonly language: string;
    readonly texts: Texts;
    /** Random: only the page's own script runs under it. */
    readonly nonce: string;
}

/** The whole page. */
export function htmlOf({ title, picture, language, texts, nonce }: HtmlPage): string {
    // The style sheet of the picture belongs to the picture, which stands alone as well.
    const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'`;
    const search = escaped(texts['export.search']);
    return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${escaped(title)}</h1><input type="search" placeholder="${search}" aria-label="${search}"><output></output>
<button type="button" data-zoom="in" aria-label="${escaped(texts['tool.zoomIn'])}">+</button>
<button type="button" data-zoom="out" aria-label="${escaped(texts['tool.zoomOut'])}">−</button>
<button type="button" data-zoom="fit">${escaped(texts['export.fit'])}</button></header>
<main tabindex="0">${toSvgText(picture)}</main>
<script nonce="${escaped(nonce)}">${SCRIPT}</script>
</body>
</html>
`;
}

const STYLE = `
:root{color-scheme:light dark;font-family:system-ui,-apple-system,"Segoe UI",Ubuntu,"DejaVu Sans",sans-serif}
body{margin:0;height:100vh;display:flex;flex-direction:column;background:light-dark(#fbfbfd,#15181e);color:light-dark(#1c2433,#e6eaf2)}
header{display:flex;gap:8px;align-items:center;padding:8px 16px;border-bottom:1px solid light-dark(#d3d9e4,#38404f)}
h1{font-size:15px;margin:0 auto 0 0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
input,button{font:inherit;font-size:13px;padding:4px 8px;border-radius:6px;border:1px solid light-dark(#7a879c,#77849a);background:light-dark(#fff,#222731);color:inherit}
button{min-width:32px;cursor:pointer}
output{font-size:12px;min-width:4em}
main{flex:1;overflow:hidden;cursor:grab;touch-action:none}
main:active{cursor:grabbing}
main>svg{transform-origin:0 0;overflow:visible}
.missed{opacity:.2}
@media print{header{display:none}}
`;

/** Plain script text: it must run in any browser as it is. */
const SCRIPT = `
const main=document.querySelector('main'),svg=main.querySelector('svg'),box=svg.viewBox.baseVal;
let x=0,y=0,scale=1;
const place=()=>{svg.style.transform='translate('+x+'px,'+y+'px) scale('+scale+')'};
const fit=()=>{scale=Math.min(1.25,main.clientWidth/box.width,main.clientHeight/box.height);x=(main.clientWidth-box.width*scale)/2;y=(main.clientHeight-box.height*scale)/2;place()};
const zoom=(factor,cx=main.clientWidth/2,cy=main.clientHeight/2)=>{const next=Math.min(4,Math.max(.02,scale*factor)),share=next/scale;x=cx-(cx-x)*share;y=cy-(cy-y)*share;scale=next;place()};
main.addEventListener('wheel',(event)=>{event.preventDefault();const {left,top}=main.getBoundingClientRect();if(event.ctrlKey||!event.shiftKey)zoom(Math.exp(-event.deltaY/(event.ctrlKey?100:500)),event.clientX-left,event.clientY-top);else{x-=event.deltaY;place()}},{passive:false});
main.addEventListener('pointerdown',(event)=>main.setPointerCapture(event.pointerId));
main.addEventListener('pointermove',(event)=>{if(event.buttons===1){x+=event.movementX;y+=event.movementY;place()}});
main.addEventListener('keydown',({key})=>{const step={ArrowLeft:[40,0],ArrowRight:[-40,0],ArrowUp:[0,40],ArrowDown:[0,-40]}[key];if(step){x+=step[0];y+=step[1];place()}else if(key==='+'||key==='=')zoom(1.25);else if(key==='-')zoom(.8);else if(key==='f'||key==='0')fit()});
for(const button of document.querySelectorAll('[data-zoom]'))button.addEventListener('click',()=>({in:()=>zoom(1.25),out:()=>zoom(.8),fit})[button.dataset.zoom]());
const search=document.querySelector('input'),told=document.querySelector('output'),nodes=[...svg.querySelectorAll('[data-node]')];
search.addEventListener('input',()=>{const wanted=search.value.trim().toLowerCase();const found=nodes.filter((node)=>node.querySelector('title').textContent.toLowerCase().includes(wanted));for(const node of nodes)node.classList.toggle('missed',wanted!==''&&!found.includes(node));told.textContent=wanted===''?'':found.length+' / '+nodes.length});
addEventListener('resize',fit);fit();
`;

function escaped(value: string): string {
    return value.toWellFormed().replace(/[&"<>]/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
}
