using SegFunctions.App.Hosting;
using SegFunctions.App.Hosting.Registry;

return await HostProgram.RunAsync(args, () => FunctionRegistry.FromAssembly(typeof(Program).Assembly), services: null);
