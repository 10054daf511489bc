/* The harness: CHECK counts, never stops; a test program ends with `return check_done(floor);`, which prints "N passed, N failed" and fails
 * when anything failed or fewer than `floor` checks were made. */
#ifndef RAP_CHECK_H
#define RAP_CHECK_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int check_passed, check_failed;

#define CHECK(condition, ...)                                                                                          \
    do {                                                                                                               \
        if (condition) check_passed++;                                                                                 \
        else {                                                                                                         \
            check_failed++;                                                                                            \
            printf("%s:%d: %s: ", __FILE__, __LINE__, #condition);                                                     \
            printf("" __VA_ARGS__);                                                                                    \
            putchar('\n');                                                                                             \
        }                                                                                                              \
    } while (0)

static inline int check_done(int floor) {
    if (check_passed + check_failed < floor) {
        printf("only %d checks were made, at least %d were expected\n", check_passed + check_failed, floor);
        check_failed++;
    }
    printf("%d passed, %d failed\n", check_passed, check_failed);
    return check_failed ? 1 : 0;
}

#endif
