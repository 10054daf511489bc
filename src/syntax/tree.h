/* Heads from arc scores: each word its best head, one root, cycles opened where it costs least. */
#ifndef RAP_SYNTAX_TREE_H
#define RAP_SYNTAX_TREE_H

/* scores [n][stride]: of head h for word d at [d * stride + h], column 0 the root, 1 … n the words. heads [n] receives 0 … n: a tree with
 * exactly one root. room [3 n] is scratch. */
void tree_decode(const float *scores, int stride, int n, int *heads, int *room);

#endif
