using System.Reflection;

namespace SegFunctions.App.Hosting.Registry;

/// <summary>One function as it was declared, ready to be called.</summary>
public sealed class FunctionDefinition
{
    private readonly ParameterSource[] _parameters;

    internal FunctionDefinition(string name, Type type, MethodInfo method, FunctionTrigger trigger, ParameterSource[] parameters)
    {
        Name = name;
        DeclaringType = type;
        Method = method;
        Trigger = trigger;
        _parameters = parameters;
    }

    public string Name { get; }

    /// <summary>The class that the container makes.</summary>
    public Type DeclaringType { get; }

    public MethodInfo Method { get; }

    public FunctionTrigger Trigger { get; }

    internal Task Call(object instance, FunctionArguments arguments)
    {
        var values = new object?[_parameters.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = _parameters[i].From(arguments);
        // Without the flag an exception thrown before the first await would arrive wrapped.
        return (Task)Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, binder: null, values, culture: null)!;
    }
}
