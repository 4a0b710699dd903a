"""A child and all that it starts, to be ended as one: a process group, on Windows a job."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import sys

LOGGER = logging.getLogger(__name__)

if sys.platform == "win32":
    from ctypes import wintypes

    # https://learn.microsoft.com/windows/win32/procthread/job-objects, 2026-11
    _SET_QUOTA, _TERMINATE = 0x0100, 0x0001
    _EXTENDED_LIMITS = 9
    _KILL_ON_CLOSE = 0x2000

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
    _kernel.CreateJobObjectW.restype = wintypes.HANDLE
    _kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
    _kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
    _kernel.OpenProcess.restype = wintypes.HANDLE
    _kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    _kernel.TerminateJobObject.argtypes = (wintypes.HANDLE, wintypes.UINT)
    _kernel.CloseHandle.argtypes = (wintypes.HANDLE,)

    class Family:
        """What a young child and whatever it starts belong to; all of it ends with this process, too.

        Args:
            pid: The child, which has just been started and has had no time for children of its own.
        """

        def __init__(self, pid: int) -> None:
            self._job = _kernel.CreateJobObjectW(None, None)
            limits = _ExtendedLimits()
            limits.BasicLimitInformation.LimitFlags = _KILL_ON_CLOSE
            _kernel.SetInformationJobObject(self._job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
            child = _kernel.OpenProcess(_SET_QUOTA | _TERMINATE, False, pid)
            self._holds = bool(child and _kernel.AssignProcessToJobObject(self._job, child))
            if not self._holds:
                LOGGER.warning("process %d: %s", pid, ctypes.FormatError(ctypes.get_last_error()))
            if child:
                _kernel.CloseHandle(child)

        def kill(self) -> bool:
            """Ends all at once and for good; False if there is nobody to end."""
            job, self._job = self._job, None
            if not job:
                return False
            _kernel.TerminateJobObject(job, 1)
            _kernel.CloseHandle(job)
            return self._holds

else:

    class Family:
        """The process group that a child leads, or is just about to lead.

        Args:
            pid: The child.
        """

        def __init__(self, pid: int) -> None:
            self._group = pid

        def kill(self) -> bool:
            """Ends all at once; False if there is nobody to end, perhaps because the group is not there yet."""
            try:
                os.killpg(self._group, signal.SIGKILL)
            except ProcessLookupError:
                return False
            return True
