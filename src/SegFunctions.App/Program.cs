using SegFunctions.App;
using SegFunctions.App.Hosting;

return await HostProgram.RunAsync(args, SegFunctionsApp.Functions, SegFunctionsApp.Register, DomainSettings.FaultsOf);
