/* How likely a statement is right: a logistic model over what the program knows of it, fitted on statements that people judged
 * (`rapporteur train confidence`, models/confidence.bin; docs/coding.md, S6). */
#ifndef RAP_STATEMENT_TRUST_H
#define RAP_STATEMENT_TRUST_H

#include "pipeline.h"

enum { MOST_TRUST = 300, TOPIC = 100 };

/* What the whole document is about, once for all its statements. */
typedef struct trust_view {
    float public_affairs, trade_and_play; /* likeness of its nouns to words of public life, and of shops, screens and stadiums: cosines */
    float countries, persons;             /* mentions a sentence */
    float first_person;                   /* share of sentences with "I" */
    float topic[TOPIC];                   /* mean vector of its nouns and verbs */
} trust_view;

void trust_look(const rap_engine *engine, const document *doc, trust_view *out);

/* Features of a statement that has its actors: values to x, their number is returned, always the same. weight: of the event with its actors and arcs. */
int trust_features(const rap_engine *engine, const document *doc, const trust_view *view, const statement *s, float weight, float *x);
/* Name of a feature ("source country"); NULL past the last. */
const char *trust_name(int feature);
bool trust_is_topic(int feature); /* one of the numbers of the document's mean vector */
uint64_t trust_rule(str rule);    /* a rule as the model knows it: some frames err more often than others */

typedef struct trust_model trust_model; /* constant after opening */
/* *out is NULL, without an error, where no model is installed. */
rap_status trust_open(const trust_model **out, const setup *with, rap_error *e);
void trust_close(const trust_model *m);
/* What a document of few sentences is about is not known from a word or two: draws its features of the document towards their mean. */
void trust_few_sentences(const trust_model *m, float *x, int count, size_t sentences);
void trust_draw_to_means(const float *mean, float *x, int count, size_t sentences);
/* The probability that a statement with these features, made by this rule, is right. */
float trust_of(const trust_model *m, const float *x, int count, str rule);
/* Below this probability nothing is coded. */
float trust_least(const trust_model *m);
/* What a feature, or the rule, adds to the log odds beyond what it usually adds: for explain. */
float trust_adds(const trust_model *m, const float *x, int feature);
float trust_rule_adds(const trust_model *m, str rule);

#endif
