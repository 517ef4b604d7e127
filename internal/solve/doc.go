// Package solve links the equations of packages and solves every use of a string
// in HTTP for what it can be.
//
// Solving is a search over worlds. In one world every open question has one
// answer: which call a parameter's value comes from, which return statement ended
// a call, which branch a merge came from, which element a loop looks at, which
// assignment a field holds. Evaluation asks such questions as it meets them;
// equal questions of one frame get equal answers, so a method and a path that are
// chosen together stay together. The search runs through all worlds in order and is
// bounded; what a bound cuts off is said, not dropped.
//
// A frame is one activation of a function. The call that a frame came from is a
// question too, so an argument is looked up in the frame of its caller and all
// arguments of one call are seen together: a wrapper used with two bases keeps
// them apart.
package solve
