/** Times for people. */

/** `0.4 s`, `12.3 s`, `3 min 05 s`, `2 h 10 min`. */
export function durationText(milliseconds: number): string {
    const seconds = Math.max(0, milliseconds) / 1000;
    if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
    const whole = Math.round(seconds);
    if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
    const minutes = Math.round(whole / 60);
    return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** `2026-03-01 14:05:09` in the time zone of this computer; `time` in milliseconds since 1970. */
export function dateText(time: number): string {
    const date = new Date(time);
    const pair = (value: number): string => String(value).padStart(2, '0');
    const day = `${date.getFullYear()}-${pair(date.getMonth() + 1)}-${pair(date.getDate())}`;
    return `${day} ${pair(date.getHours())}:${pair(date.getMinutes())}:${pair(date.getSeconds())}`;
}
