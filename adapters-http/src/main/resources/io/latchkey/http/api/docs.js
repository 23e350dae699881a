// A validator elsewhere would be told what is described here.
SwaggerUIBundle({ url: "openapi.yml", dom_id: "#description", deepLinking: true, validatorUrl: null });
