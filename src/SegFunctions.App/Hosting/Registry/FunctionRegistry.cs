using System.Reflection;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.OpenApi;

namespace SegFunctions.App.Hosting.Registry;

/// <summary>All functions of the app, checked as a whole.</summary>
public sealed class FunctionRegistry
{
    private readonly Dictionary<string, FunctionDefinition> _byName;

    private FunctionRegistry(IReadOnlyList<FunctionDefinition> functions)
    {
        Functions = functions;
        _byName = functions.ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>In ordinal order of their names.</summary>
    public IReadOnlyList<FunctionDefinition> Functions { get; }

    /// <summary>The functions of all classes of an assembly.</summary>
    /// <exception cref="FunctionDeclarationException">One or more declarations are faulty.</exception>
    public static FunctionRegistry FromAssembly(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        // Nested classes are left out: they are the compiler's (state machines, closures) or a class's own business.
        return FromTypes(assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false, IsNested: false, IsGenericTypeDefinition: false }));
    }

    /// <summary>The functions of the classes given, which spares the search through an assembly.</summary>
    /// <exception cref="FunctionDeclarationException">One or more declarations are faulty.</exception>
    public static FunctionRegistry FromTypes(IEnumerable<Type> types)
    {
        ArgumentNullException.ThrowIfNull(types);
        var faults = new List<string>();
        var functions = new List<FunctionDefinition>();
        // The description of all functions is one of them, wherever they come from.
        foreach (var type in types.Append(typeof(OpenApiFunction)).Distinct())
        {
            foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            {
                if (method.GetCustomAttribute<FunctionAttribute>() is { } declared
                    && FunctionReader.Read(declared.Name, type, method, faults) is { } function)
                {
                    functions.Add(function);
                }
            }
        }

        functions.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        FindClashes(functions, faults);
        if (faults.Count > 0)
            throw new FunctionDeclarationException(faults);
        return new FunctionRegistry(functions);
    }

    /// <summary>The function of that name, in any case, or null.</summary>
    public FunctionDefinition? Find(string name) => _byName.GetValueOrDefault(name);

    private static void FindClashes(List<FunctionDefinition> functions, List<string> faults)
    {
        var names = new Dictionary<string, FunctionDefinition>(StringComparer.OrdinalIgnoreCase);
        var routes = new Dictionary<string, FunctionDefinition>(StringComparer.OrdinalIgnoreCase);
        foreach (var function in functions)
        {
            if (!names.TryAdd(function.Name, function))
                faults.Add($"{Place(function)}: the name '{function.Name}' is taken by {Place(names[function.Name])}; names are unique ignoring case.");
            if (function.Trigger is not HttpFunctionTrigger http)
                continue;
            foreach (var method in http.Methods)
            {
                var route = $"{method} {FunctionRoute.Shape(http.Pattern)}";
                if (!routes.TryAdd(route, function))
                    faults.Add($"{Place(function)}: {method} '{http.Route}' is served by {Place(routes[route])} already.");
            }
        }
    }

    private static string Place(FunctionDefinition function) => FunctionReader.Place(function.DeclaringType, function.Method);
}
