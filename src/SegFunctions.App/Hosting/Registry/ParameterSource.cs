using SegFunctions.App.Hosting.Declaration;

namespace SegFunctions.App.Hosting.Registry;

/// <summary>What a call hands to a function's parameters.</summary>
/// <param name="Trigger">In the type of the parameter that carries the trigger attribute.</param>
/// <param name="Metadata">The trigger's metadata record, where it has one.</param>
internal readonly record struct FunctionArguments(
    FunctionContext Context, object Trigger, object? Metadata, CancellationToken Cancellation);

/// <summary>Where one parameter of a function takes its value from.</summary>
internal abstract class ParameterSource
{
    public static ParameterSource Trigger { get; } = new TriggerSource();

    public static ParameterSource Metadata { get; } = new MetadataSource();

    public static ParameterSource Context { get; } = new ContextSource();

    public static ParameterSource Cancellation { get; } = new CancellationSource();

    public static ParameterSource Route(string name) => new RouteSource(name);

    public abstract object? From(in FunctionArguments arguments);

    private sealed class TriggerSource : ParameterSource
    {
        public override object From(in FunctionArguments arguments) => arguments.Trigger;
    }

    private sealed class MetadataSource : ParameterSource
    {
        public override object? From(in FunctionArguments arguments) => arguments.Metadata;
    }

    private sealed class ContextSource : ParameterSource
    {
        public override object From(in FunctionArguments arguments) => arguments.Context;
    }

    private sealed class CancellationSource : ParameterSource
    {
        public override object From(in FunctionArguments arguments) => arguments.Cancellation;
    }

    private sealed class RouteSource(string name) : ParameterSource
    {
        public override object? From(in FunctionArguments arguments) =>
            ((HttpRequest)arguments.Trigger).RouteValues[name] as string;
    }
}
