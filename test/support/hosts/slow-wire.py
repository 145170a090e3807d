#!/usr/bin/python3
"""slow-wire.py CABLE TAP BRIDGE DELAY_MS JITTER_MS

A wire with delay between a host's cable, which was taken off the bridge, and the bridge. Frames keep their order.
It ends when it is killed, and its TAP device with it.
"""
import fcntl
import heapq
import os
import random
import select
import socket
import struct
import subprocess
import sys
import time

TUNSETIFF, TAP_WITHOUT_HEADER = 0x400454CA, 0x1002
EVERY_PROTOCOL, SOL_PACKET, ADD_MEMBERSHIP, PROMISCUOUS = 3, 263, 1, 1
FRAME, AT_ONCE = 65536, 256

cable, tap, bridge = sys.argv[1:4]
delay, jitter = (float(ms) / 1000 for ms in sys.argv[4:6])

net = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
fcntl.ioctl(net, TUNSETIFF, struct.pack('16sH22x', tap.encode(), TAP_WITHOUT_HEADER))
host = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(EVERY_PROTOCOL))
host.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
host.bind((cable, 0))
host.setblocking(False)
host.setsockopt(SOL_PACKET, ADD_MEMBERSHIP, struct.pack('IHH8s', socket.if_nametoindex(cable), PROMISCUOUS, 0, b''))
# At once, so that the host is without a wire for no longer than that takes.
subprocess.run(
    ['ip', '-batch', '-'],
    input=f'link set {cable} nomaster\nlink set {tap} master {bridge} up\n'.encode(),
    check=True,
)

waiting, newest, count = [], {'host': 0.0, 'net': 0.0}, 0


def put(to, frame, now):
    """Keeps a frame until it is due, never before one that came earlier."""
    global count
    newest[to] = max(newest[to], now + delay + random.uniform(-jitter, jitter))
    count += 1
    heapq.heappush(waiting, (newest[to], count, to, frame))


def deliver(to, frame):
    try:
        host.send(frame) if to == 'host' else os.write(net, frame)
    except OSError:
        pass  # The other end is full or down: the frame is lost, as on any wire.


def take(source, now):
    if source is net:
        put('host', os.read(net, FRAME), now)
        return
    frame, sender = host.recvfrom(FRAME)
    if sender[2] != socket.PACKET_OUTGOING:
        put('net', frame, now)


while True:
    now = time.monotonic()
    while waiting and waiting[0][0] <= now:
        deliver(*heapq.heappop(waiting)[2:])
    ready, _, _ = select.select([net, host], [], [], max(0, waiting[0][0] - now) if waiting else None)
    now = time.monotonic()
    for source in ready:
        try:
            for _ in range(AT_ONCE):
                take(source, now)
        except (BlockingIOError, OSError):
            pass  # Nothing more for the moment, or the cable is down.
