// Package elm writes and reads programmes and offerings in the words of the European
// Learning Model, version 3 (learning opportunities and qualifications), as JSON-LD.
//
// An offering is a LearningOpportunity, its programme the LearningAchievementSpecification
// that it leads to; a programme with a level of the national framework is a Qualification.
// What the model has no property for stands under kt:, in the form that our OEAPI has it
// (package oeapi), so that a file of ours is read as it was written. The context is in each
// document: nobody has to fetch one.
//
// No schema of the model is among those that the project validates against; a golden file
// and the way there and back are what holds it.
//
// Words: læringstilbud = learning opportunity, læringsutbytte = learning outcome.
package elm
