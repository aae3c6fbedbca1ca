using System.Reflection;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Timers;

namespace SegFunctions.App.Hosting.Registry;

/// <summary>Reads one declaration; adds every fault of it to a list instead of stopping at the first.</summary>
internal static class FunctionReader
{
    private static readonly string[] KnownMethods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

    public static string Place(Type type, MethodInfo method) => $"{type.Name}.{method.Name}";

    /// <returns>The function, or null when it could not be read; the faults then say why.</returns>
    public static FunctionDefinition? Read(string name, Type type, MethodInfo method, List<string> faults)
    {
        var before = faults.Count;
        var place = Place(type, method);
        if (!FunctionNames.IsFunction(name))
            faults.Add($"{place}: the name '{name}' is not allowed; use a letter, then up to 127 letters, digits, '_' or '-', and not 'host'.");
        if (method.IsStatic)
            faults.Add($"{place}: the method is static; functions are instance methods of classes that the container makes.");

        // Asked for once: another thread that asks at the same time may be given other objects for the same parameters.
        var declared = method.GetParameters();
        var triggers = declared.Where(parameter => parameter.IsDefined(typeof(TriggerAttribute))).ToArray();
        if (triggers.Length != 1)
        {
            faults.Add(triggers.Length == 0
                ? $"{place}: no parameter carries a trigger attribute."
                : $"{place}: {triggers.Length} parameters carry trigger attributes ({string.Join(", ", triggers.Select(parameter => parameter.Name))}); one is allowed.");
            return null;
        }

        var trigger = ReadTrigger(name, place, triggers[0], faults);
        if (trigger is null)
            return null;

        var returned = trigger is HttpFunctionTrigger ? typeof(Task<IResult>) : typeof(Task);
        if (method.ReturnType != returned)
            faults.Add($"{place}: it returns {Named(method.ReturnType)}; with this trigger it must return {Named(returned)}.");
        var parameters = declared
            .Select(parameter => ReferenceEquals(parameter, triggers[0]) ? ParameterSource.Trigger : ReadParameter(place, parameter, trigger, faults))
            .ToArray();
        return faults.Count > before ? null : new FunctionDefinition(name, type, method, trigger, parameters!);
    }

    private static FunctionTrigger? ReadTrigger(string name, string place, ParameterInfo parameter, List<string> faults)
    {
        var attributes = parameter.GetCustomAttributes<TriggerAttribute>().ToArray();
        if (attributes.Length > 1)
        {
            faults.Add($"{place}: the parameter '{parameter.Name}' carries {attributes.Length} trigger attributes; one is allowed.");
            return null;
        }

        var binding = parameter.Name!;
        if (!FunctionNames.IsBinding(binding))
            faults.Add($"{place}: the parameter name '{binding}' cannot name a binding; use a letter, then letters and digits.");
        switch (attributes[0])
        {
            case HttpTriggerAttribute http:
                CheckType(place, parameter, faults, typeof(HttpRequest));
                var methods = ReadMethods(place, http, faults);
                var route = http.Route ?? name;
                return FunctionRoute.Parse(route, place, faults) is { } pattern
                    ? new HttpFunctionTrigger(binding, http.Level, methods, route, pattern)
                    : null;
            case QueueTriggerAttribute queue:
                CheckType(place, parameter, faults, typeof(ReadOnlyMemory<byte>), typeof(string));
                CheckQueueName(place, queue.QueueName, faults);
                CheckConnection(place, queue.Connection, faults);
                return new QueueFunctionTrigger(binding, queue.QueueName, queue.Connection, IsText(parameter));
            case TimerTriggerAttribute timer:
                CheckType(place, parameter, faults, typeof(TimerInfo));
                // With a setting in it, the schedule is checked at start, when the setting is known.
                if (!timer.Schedule.Contains('%') && TimerSchedule.FindFault(timer.Schedule) is { } fault)
                    faults.Add($"{place}: {fault}");
                return new TimerFunctionTrigger(binding, timer.Schedule, timer.RunOnStartup);
            case ServiceBusTriggerAttribute bus:
                CheckType(place, parameter, faults, typeof(ReadOnlyMemory<byte>), typeof(string));
                foreach (var part in bus.QueueName is null ? new[] { bus.TopicName, bus.SubscriptionName } : [bus.QueueName])
                {
                    if (string.IsNullOrWhiteSpace(part))
                        faults.Add($"{place}: a queue, topic or subscription name of its Service Bus trigger is empty.");
                }

                CheckConnection(place, bus.Connection, faults);
                return new ServiceBusFunctionTrigger(
                    binding, bus.QueueName, bus.TopicName, bus.SubscriptionName, bus.Connection, bus.IsSessionsEnabled, IsText(parameter));
            default:
                faults.Add($"{place}: the trigger {attributes[0].GetType().Name} is not known to any host.");
                return null;
        }
    }

    private static string[] ReadMethods(string place, HttpTriggerAttribute http, List<string> faults)
    {
        var methods = http.Methods.Select(method => method.ToUpperInvariant()).ToArray();
        if (methods.Length == 0)
            faults.Add($"{place}: its HTTP trigger names no method.");
        foreach (var method in methods.Except(KnownMethods, StringComparer.Ordinal))
            faults.Add($"{place}: '{method}' is no HTTP method that the Functions host knows ({string.Join(", ", KnownMethods)}).");
        foreach (var twice in methods.GroupBy(method => method, StringComparer.Ordinal).Where(group => group.Count() > 1))
            faults.Add($"{place}: its HTTP trigger names {twice.Key} {twice.Count()} times.");
        return methods;
    }

    private static ParameterSource? ReadParameter(string place, ParameterInfo parameter, FunctionTrigger trigger, List<string> faults)
    {
        var type = parameter.ParameterType;
        if (type == typeof(CancellationToken))
            return ParameterSource.Cancellation;
        if (type == typeof(FunctionContext))
            return ParameterSource.Context;
        if ((type == typeof(QueueMessageMetadata) && trigger is QueueFunctionTrigger)
            || (type == typeof(ServiceBusMessageMetadata) && trigger is ServiceBusFunctionTrigger))
        {
            return ParameterSource.Metadata;
        }

        if (trigger is HttpFunctionTrigger http)
        {
            if (type == typeof(string) && http.Pattern.GetParameter(parameter.Name!) is not null)
                return ParameterSource.Route(parameter.Name!);
            faults.Add($"{place}: the parameter '{Named(type)} {parameter.Name}' is not supported; with an HTTP trigger a function takes "
                + "FunctionContext, CancellationToken and a string for each parameter of its route"
                + (http.Pattern.Parameters.Count > 0 ? $" ({string.Join(", ", http.Pattern.Parameters.Select(part => part.Name))})." : ", which has none."));
            return null;
        }

        faults.Add($"{place}: the parameter '{Named(type)} {parameter.Name}' is not supported; beside its trigger a function takes "
            + trigger switch
            {
                QueueFunctionTrigger => "QueueMessageMetadata, ",
                ServiceBusFunctionTrigger => "ServiceBusMessageMetadata, ",
                _ => "",
            }
            + "FunctionContext and CancellationToken.");
        return null;
    }

    private static void CheckType(string place, ParameterInfo parameter, List<string> faults, params Type[] allowed)
    {
        if (!allowed.Contains(parameter.ParameterType))
        {
            faults.Add($"{place}: the parameter '{parameter.Name}' is of type {Named(parameter.ParameterType)}; its trigger gives "
                + $"{string.Join(" or ", allowed.Select(Named))}.");
        }
    }

    private static void CheckQueueName(string place, string name, List<string> faults)
    {
        if (!name.Contains('%') && !FunctionNames.IsQueue(name))
            faults.Add($"{place}: '{name}' is no queue name; use 3 to 63 lower-case letters, digits and single dashes between them.");
    }

    private static void CheckConnection(string place, string? connection, List<string> faults)
    {
        if (connection is not null && (connection.Length == 0 || connection.Contains('%')))
            faults.Add($"{place}: the connection '{connection}' must be the name of a setting, without percent signs.");
    }

    private static bool IsText(ParameterInfo parameter) => parameter.ParameterType == typeof(string);

    private static string Named(Type type) => type switch
    {
        _ when type == typeof(ReadOnlyMemory<byte>) => "ReadOnlyMemory<byte>",
        _ when type == typeof(Task<IResult>) => "Task<IResult>",
        _ when type == typeof(string) => "string",
        _ => type.Name,
    };
}
