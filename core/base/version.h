/* The version that all programs print. */
#ifndef OGISTAT_CORE_BASE_VERSION_H
#define OGISTAT_CORE_BASE_VERSION_H

#define OGISTAT_VERSION "0.1"

#endif
