using System.Reflection;
using System.Reflection.Emit;

namespace SegFunctions.Testing;

/// <summary>
/// The rules for orchestrator code, read from its IL: nothing that gives another answer in a replay, no I/O, no threads.
/// </summary>
/// <remarks>
/// Looks at every method of a class with its nested ones, which is where the compiler puts async methods, iterators and
/// lambdas. It does not follow calls into other classes; what an orchestrator shares with activities is checked by naming
/// that class too.
/// </remarks>
public static class OrchestratorRules
{
    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>Types of which nothing may be used.</summary>
    private static readonly string[] ForbiddenTypes =
    [
        "System.Random", "System.Diagnostics.Stopwatch", "System.TimeProvider", "System.Environment", "System.Console",
        "System.Threading.Thread", "System.Threading.ThreadPool", "System.Threading.Timer", "System.Threading.PeriodicTimer",
        "System.Threading.Tasks.Parallel", "System.Threading.Tasks.TaskFactory", "System.Diagnostics.Process",
        "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo",
        "System.IO.StreamReader", "System.IO.StreamWriter", "System.Security.Cryptography.RandomNumberGenerator",
    ];

    private static readonly string[] ForbiddenNamespaces = ["System.Net.", "Azure.", "SegFunctions.Storage."];

    private static readonly string[] ForbiddenMembers =
    [
        "System.Guid.NewGuid", "System.Guid.CreateVersion7",
        "System.DateTime.get_UtcNow", "System.DateTime.get_Now", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_UtcNow", "System.DateTimeOffset.get_Now",
        "System.Threading.Tasks.Task.Run", "System.Threading.Tasks.Task.Delay", "System.Threading.Tasks.Task.get_Factory",
        "System.Threading.Tasks.Task.Wait", "System.Threading.Tasks.Task.WaitAll", "System.Threading.Tasks.Task.WaitAny",
        "System.Threading.Tasks.Task.WaitAsync", "System.Threading.CancellationTokenSource.CancelAsync",
        "System.Threading.CancellationTokenSource.CancelAfter",
    ];

    /// <summary>Fails with every breach when one of the classes breaks a rule.</summary>
    public static void AssertKept(params Type[] orchestrators) => Assert.Empty(orchestrators.SelectMany(FindBreaches));

    /// <summary>Each breach as <c>Class.Method uses Type.Member</c>.</summary>
    public static IReadOnlyList<string> FindBreaches(Type orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        const BindingFlags declared =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var breaches = new List<string>();
        foreach (var method in orchestrator.GetMethods(declared).Cast<MethodBase>().Concat(orchestrator.GetConstructors(declared)))
        {
            breaches.AddRange(UsesOf(method)
                .Where(IsForbidden)
                .Select(member => $"{orchestrator.FullName}.{method.Name} uses {NameOf(member)}")
                .Distinct(StringComparer.Ordinal));
        }

        foreach (var nested in orchestrator.GetNestedTypes(declared))
            breaches.AddRange(FindBreaches(nested));
        return breaches;
    }

    private static bool IsForbidden(MemberInfo member)
    {
        var type = TypeName(member);
        return Array.IndexOf(ForbiddenTypes, type) >= 0
            || Array.Exists(ForbiddenNamespaces, prefix => type.StartsWith(prefix, StringComparison.Ordinal))
            || Array.IndexOf(ForbiddenMembers, NameOf(member)) >= 0;
    }

    private static string NameOf(MemberInfo member) => $"{TypeName(member)}.{member.Name}";

    private static string TypeName(MemberInfo member)
    {
        var type = member.DeclaringType;
        if (type is { IsGenericType: true })
            type = type.GetGenericTypeDefinition();
        var name = type?.FullName ?? "";
        var generic = name.IndexOf('`', StringComparison.Ordinal);
        return generic < 0 ? name : name[..generic];
    }

    /// <summary>Methods, constructors and fields that a method's IL names.</summary>
    private static IEnumerable<MemberInfo> UsesOf(MethodBase method)
    {
        var il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var typeArguments = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < il.Length;)
        {
            short value = il[at++];
            if (value == 0xFE)
                value = (short)(0xFE00 | il[at++]);
            var code = OpCodesByValue[value];
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField)
                yield return method.Module.ResolveMember(BitConverter.ToInt32(il, at), typeArguments, methodArguments)!;
            at += OperandLength(code, il, at);
        }
    }

    private static int OperandLength(OpCode code, byte[] il, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
        _ => 4,
    };
}
