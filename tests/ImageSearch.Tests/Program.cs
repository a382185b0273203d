using ImageSearch.Tests.Imaging;
using ImageSearch.Tests.Spending;

// The test runner loads this assembly as a library. Tests that need a process of their own, to bound or to kill, start it as a program.
return args switch
{
    ["decode-each", var folder] => DecodeEachProgram.Run(folder),
    [SpendProgram.Name, var path] => SpendProgram.Run(path),
    _ => 2,
};
