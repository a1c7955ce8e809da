// Package adopt takes measures of the toolbox into use: a project is made of a measure with its
// steps, and what became of the projects that were made of it is told on the measure (VKT-3,
// VKT-4).
//
// How well a measure works is never somebody's opinion. It grows by a rule from the short final
// reports of those who used it (Grade), failures too, and the page says what it is reckoned from.
// A project that is not open counts among those who use it, and is not named.
//
// Words: ta i bruk = take into use, erfaring = experience, erfaring så langt = grade.
package adopt
