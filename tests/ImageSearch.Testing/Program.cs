using ImageSearch.Testing.Children;

return await ChildProgram.RunAsync(args);
