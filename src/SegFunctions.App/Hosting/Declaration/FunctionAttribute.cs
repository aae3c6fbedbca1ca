namespace SegFunctions.App.Hosting.Declaration;

/// <summary>Makes a public method a function: declared once, it runs under the Functions host, the built-in one and in tests.</summary>
/// <remarks>
/// Exactly one parameter carries a trigger attribute. Further parameters may be a <see cref="FunctionContext"/>, a
/// <see cref="CancellationToken"/>, the metadata record of the trigger, and for HTTP a string per route parameter, by name.
/// The class comes from the container with a scope of its own for every call. A call may be repeated, and the process may
/// end at any instruction.
/// </remarks>
/// <param name="name">Letters, digits, <c>_</c> and <c>-</c>, beginning with a letter; unique in the app ignoring case.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
