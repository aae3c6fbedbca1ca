namespace SegFunctions.App.Identity;

/// <summary>Registers what identity is made of.</summary>
internal static class IdentityServices
{
    public static void AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton<IdentityTable>();
        services.AddSingleton<ReviewTable>();
        services.AddSingleton<IdentitySources>();
        services.AddSingleton<IdentityModels>();
        services.AddSingleton<RunIdentities>();
        services.AddSingleton<IdentityActivities>();
        services.AddSingleton<IdentityDecisions>();
    }
}
