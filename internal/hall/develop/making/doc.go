// Package making is programmes in the making: what came of a provider's answer that it
// adapts a programme or makes a new one (LOP-1, LOP-7).
//
// From its answer the provider makes, in one step, the development, a draft of the
// programme and, when one is adapted, drafts of its offerings; nothing is written twice. The
// words of a need that not all may read are not carried over. The development goes through
// its stages, from idea to evaluated, each with a plan and with what happened; it is open
// when an offering of the programme is, and running when somebody has begun. Those who have
// the need hear of both.
//
// The provider, those who work with the need, and the offices of its area read all of it.
// What the provider has made public all may read, unless the need behind it is shielded.
//
// Those who have a need behind it, act for them with a mandate or have a need in the pool, and
// the offices of the area, share its workspace (package workspace). What is running or finished
// is copied for another region (LOP-17): a copy comes from no need and no answer, and the two
// lead to each other.
//
// Words: utvikling = development, steg = stage, hull i planen = gap.
//
// Tables: development, development_link, development_stage.
package making
