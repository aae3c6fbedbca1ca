namespace SegFunctions.App.Hosting.Declaration;

/// <summary>The call that is under way.</summary>
/// <param name="FunctionName">As declared.</param>
/// <param name="InvocationId">Names this call in logs and at the Functions host; a repeated delivery has another one.</param>
/// <param name="Services">The scope of this call.</param>
public sealed record FunctionContext(string FunctionName, string InvocationId, IServiceProvider Services);
