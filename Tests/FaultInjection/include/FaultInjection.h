#ifndef FAULT_INJECTION_H
#define FAULT_INJECTION_H

// Loaded into a program by LD_PRELOAD, this library counts the calls by which the program changes files in one
// folder, its points, and lets one of them go wrong. The program itself knows nothing of it.
//
// FAULT_ROOT  the folder to watch, as realpath gives it; without it nothing is watched
// FAULT_LOG   gets a line for each point: number, call, path below the folder (of a rename: the new one), and the
//             fault, if it came here, with tabs between; the random part of the names of temporary files is left out
// FAULT_AT    the number of the point where the fault comes, from 1; without it there is none
// FAULT_KIND  kill        the process gets SIGKILL before the call, or within it: half of what is written is
//             kill-after  the process gets SIGKILL right after the call
//             short       a write takes half of its bytes, and says so
//             ENOSPC …    the call fails with that error, a write with half of its bytes on disk; see `errors`
//             EINTR       the call fails, and nothing is written
// FAULT_STAYS if it is there, so is the error: whatever takes room on the disk fails from then on
//
// FAULT_THREADS how many threads the program gets: more are refused with EAGAIN, as where a table of processes is full
//
// Nothing is really synchronized in the folder: no power is cut here, and that takes most of the time.

#endif
