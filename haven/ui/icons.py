"""Line drawings, 24 by 24. They repeat what the words beside them say, so screen readers are not told of them."""

from typing import Final

ICONS: Final = {
    "arrow": "M5 12h14m-6-6 6 6-6 6",
    "back": "M19 12H5m6 6-6-6 6-6",
    "check": "m5 12.5 4.5 4.5L19 7.5",
    "file": "M14 3H7a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V7l-4-4Zm0 0v4h4",
    "info": "M12 11v5m0-8.5v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z",
    "lock": "M8 11V8a4 4 0 0 1 8 0v3M6 11h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Z",
    "mail": "M4 6h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1Zm-.6.6L12 13l8.6-6.4",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "open": "M8 11V8a4 4 0 0 1 7.7-1.5M6 11h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Z",
    "people": "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6 9c0-3.3 2.7-6 6-6s6 2.7 6 6m1-15.6a3.5 3.5 0 0 1 0 6.2M18 "
    "14.6c1.8.9 3 2.9 3 5.4",
    "search": "m20 20-4.2-4.2M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Z",
    "warn": "M12 9v4.5m0 3v.01M10.8 4.2 2.9 18a1.4 1.4 0 0 0 1.2 2h15.8a1.4 1.4 0 0 0 1.2-2L13.2 4.2a1.4 "
    "1.4 0 0 0-2.4 0Z",
}
